package io.journeyman.activities.model.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.journeyman.activities.model.offline.Step.Call;
import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One turn as a script plays it. A script is played from its start in every round: a call that has its result in this turn
 * answers at once, and the first one that has none ends the round, because its result must be asked for. So a script reads
 * straight on, nothing is called twice in a turn, and nothing is kept between rounds.
 */
final class Scene {
    private final Transcript transcript;
    private final Memory memory;
    private final Wish wish;
    private final Phrases phrases;

    Scene(Transcript transcript) {
        this.transcript = transcript;
        this.memory = new Memory(transcript);
        this.wish = Interpreter.read(transcript.now().said(), memory.asked(), memory.names());
        this.phrases = new Phrases(transcript.channel());
    }

    Memory memory() {
        return memory;
    }

    Wish wish() {
        return wish;
    }

    Phrases phrases() {
        return phrases;
    }

    /** What was wanted so far, and now. */
    Facets wanted() {
        return Memory.fold(memory.wanted(), wish);
    }

    /** How many are wanted: said now, or before the question which one, size, colour or store. */
    int pieces() {
        return wish.quantity().or(memory::piecesAskedFor).orElse(1);
    }

    boolean signedIn() {
        return transcript.signedIn();
    }

    boolean can(String tool) {
        return transcript.tools().contains(tool);
    }

    Done call(String tool, Arguments arguments) {
        return callAll(tool, List.of(arguments)).getFirst();
    }

    /** The results in the arguments' order, all asked in one round. A tool that is not offered answers not_offered. */
    List<Done> callAll(String tool, List<Arguments> each) {
        List<Done> results = new ArrayList<>();
        List<Call> missing = new ArrayList<>();
        for (Arguments arguments : each) {
            ObjectNode node = arguments.node();
            Optional<Done> known = known(tool, node);
            known.ifPresent(results::add);
            Call call = new Call(tool, node);
            if (known.isEmpty() && !missing.contains(call)) {
                missing.add(call);
            }
        }
        if (!missing.isEmpty()) {
            throw new Unanswered(missing);
        }
        return results;
    }

    private Optional<Done> known(String tool, ObjectNode arguments) {
        if (!can(tool)) {
            return Optional.of(
                    new Done(tool, arguments, Json.mapper().createObjectNode().put("code", "not_offered"), 0));
        }
        Optional<Done> now = transcript.now().done().stream()
                .filter(done -> done.tool().equals(tool) && done.arguments().equals(arguments))
                .reduce((first, second) -> second);
        return now.isPresent() || !tool.equals("check_inventory") ? now : memory.stockJustSeen(arguments);
    }

    /** Several different calls in one round, where they have no result yet. */
    void callTogether(List<Call> calls) {
        List<Call> missing = calls.stream()
                .filter(call -> known(call.tool(), call.arguments()).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new Unanswered(missing);
        }
    }

    /** What the customer hears when a tool did not do its work. */
    String trouble(Done done) {
        return phrases.trouble(done.tool(), done.code());
    }

    /** Ends the round: these calls have no result yet. */
    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient List<Call> calls;

        Unanswered(List<Call> calls) {
            super("calls without a result", null, false, false);
            this.calls = calls;
        }

        List<Call> calls() {
            return calls;
        }
    }
}
