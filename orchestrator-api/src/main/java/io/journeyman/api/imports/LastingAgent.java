package io.journeyman.api.imports;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.http.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;

/** An agent that is asked again while it does not answer, for some twenty seconds: a restart does not end an import. */
final class LastingAgent {
    private static final int TRIES = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AgentClient agent;
    private final String name;

    /** @param name in words, such as {@code the catalogue} */
    LastingAgent(AgentClient agent, String name) {
        this.agent = agent;
        this.name = name;
    }

    /** It does not answer, however often it is asked; the message says so, and what to do. */
    static final class Away extends RuntimeException {
        Away(String name) {
            super(name + " does not answer; what stands before this line is in, so import the file again");
        }
    }

    /** @throws Away @throws ProblemException what it refuses; {@code key_used} when the key was used for something else */
    <T> T change(String operation, String path, String key, Object body, Class<T> type) {
        return answered(() -> agent.change(operation, path, key, body, type));
    }

    /** @throws Away @throws ProblemException what it refuses */
    <T> T ask(String operation, String path, Object body, Class<T> type) {
        return answered(() -> agent.ask(operation, path, body, type));
    }

    /** @throws Away @throws ProblemException what it refuses */
    <T> T get(String operation, String path, Class<T> type) {
        return answered(() -> agent.get(operation, path, type));
    }

    private <T> T answered(Supplier<Answer<T>> call) {
        for (int i = 0; i < TRIES; i++) {
            switch (call.get()) {
                case Answer.Done<T>(T answer) -> {
                    return answer;
                }
                case Answer.Refused<T> refused -> throw told(refused);
                case Answer.Unavailable<T> _ -> pause();
            }
        }
        throw new Away(name);
    }

    private static ProblemException told(Answer.Refused<?> refused) {
        return refused.is("key_reused")
                ? ProblemException.of(
                        422, "key_used", "This Idempotency-Key was used for another import; make a new one.")
                : ProblemException.of(refused.problem());
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " did not answer", e);
        }
    }
}
