package io.journeyman.api.conversation;

import io.journeyman.activities.conversation.Announcement;
import io.journeyman.activities.conversation.ConversationEvent;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.Json;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Event streams (SSE) of conversations. Events are read from Postgres by number, so that resuming misses none; the bell only
 * wakes the readers, and a slow poll stands in for it while it is away. Streams are limited in number and age.
 */
public final class EventStreams implements EventBell.Listener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final int MOST_STREAMS = 2_000;
    private static final int MOST_PER_CONVERSATION = 8;
    private static final int PAGE = 100;

    /** Then the client comes back, and its session is checked again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ConversationStore store;
    private final Duration slowPoll;
    private final Duration heartbeat;
    private final Map<String, Set<Semaphore>> readers = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean closed;

    public EventStreams(ConversationStore store) {
        this(store, Duration.ofSeconds(5), Duration.ofSeconds(15));
    }

    /** @param heartbeat after so much silence a comment is written, which finds out whether anybody still listens */
    EventStreams(ConversationStore store, Duration slowPoll, Duration heartbeat) {
        this.store = store;
        this.slowPoll = slowPoll;
        this.heartbeat = heartbeat;
    }

    /**
     * A stream of the conversation's events after {@code after}.
     *
     * @param theirs whether it is still whose who listens: asked before anything of it is told
     */
    public StreamingOutput open(ConversationId conversation, long after, BooleanSupplier theirs) {
        var own = readers.get(conversation.value());
        if (open.get() >= MOST_STREAMS || (own != null && own.size() >= MOST_PER_CONVERSATION)) {
            throw ProblemException.of(429, "too_many_streams", "Too many event streams are open; close one first.")
                    .retryAfter(Duration.ofSeconds(10));
        }
        return out -> {
            var wake = new Semaphore(0);
            // of many that were let in in the same instant, those beyond the limit end at once, and come back later
            if (enter(conversation, wake)) {
                try {
                    stream(conversation, after, theirs, wake, out);
                } catch (IOException gone) {
                    // the client went away, and comes back where it was
                } finally {
                    leave(conversation, wake);
                }
            }
        };
    }

    private boolean enter(ConversationId conversation, Semaphore wake) {
        var entered = readers.compute(conversation.value(), (_, set) -> {
            var own = set == null ? ConcurrentHashMap.<Semaphore>newKeySet() : set;
            if (own.size() < MOST_PER_CONVERSATION) {
                own.add(wake);
                open.incrementAndGet();
            }
            return own;
        });
        return entered.contains(wake);
    }

    private void leave(ConversationId conversation, Semaphore wake) {
        readers.computeIfPresent(conversation.value(), (_, set) -> {
            if (set.remove(wake)) {
                open.decrementAndGet();
            }
            return set.isEmpty() ? null : set;
        });
    }

    private void stream(
            ConversationId conversation, long after, BooleanSupplier theirs, Semaphore wake, OutputStream out)
            throws IOException {
        try {
            write(out, "retry: 1500\n\n");
            long read = after;
            long quietSince = System.nanoTime();
            long until = System.nanoTime() + LONGEST.toNanos();
            while (!closed && System.nanoTime() < until) {
                wake.drainPermits();
                var events = store.events(conversation, read, PAGE);
                if (!events.isEmpty() && !theirs.getAsBoolean()) {
                    return;
                }
                for (var event : events) {
                    write(out, text(event));
                    read = event.seq();
                }
                if (!events.isEmpty()) {
                    quietSince = System.nanoTime();
                } else if (System.nanoTime() - quietSince > heartbeat.toNanos()) {
                    write(out, ": still here\n\n");
                    quietSince = System.nanoTime();
                }
                if (events.size() < PAGE && wake.tryAcquire(slowPoll.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JdbiException e) {
            // the client resumes where it was
            log.warn("an event stream of {} ends: Postgres cannot be read: {}", conversation, e.getMessage());
        }
    }

    private static String text(ConversationEvent event) {
        return "id: " + event.seq() + "\nevent: " + event.kind() + "\ndata: " + Json.write(event) + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void told(Announcement event) {
        wake(event.conversation());
    }

    @Override
    public void mayHaveMissed() {
        wakeAll();
    }

    private void wake(String conversation) {
        var own = readers.get(conversation);
        if (own != null) {
            own.forEach(Semaphore::release);
        }
    }

    private void wakeAll() {
        readers.values().forEach(own -> own.forEach(Semaphore::release));
    }

    @Override
    public void close() {
        closed = true;
        wakeAll();
    }
}
