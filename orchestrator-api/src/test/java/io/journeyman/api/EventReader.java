package io.journeyman.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.journeyman.contracts.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads server-sent events as a browser does (WHATWG HTML, 9.2), on a thread of its own. */
final class EventReader implements AutoCloseable {
    private final InputStream in;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    record Event(long id, String kind, JsonNode data) {}

    EventReader(InputStream in) {
        this.in = in;
        Thread.ofVirtual().start(this::read);
    }

    /** The next event; an AssertionError when none comes. */
    Event next() {
        try {
            var event = events.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no event came");
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Events up to and with the first that fits. */
    List<Event> until(Predicate<Event> last) {
        var read = new ArrayList<Event>();
        do {
            read.add(next());
        } while (!last.test(read.getLast()));
        return read;
    }

    List<Event> untilReply(int turn) {
        return until(e -> e.kind().equals("reply") && e.data().at("/body/turn").asInt() == turn);
    }

    /** Whatever comes within so many milliseconds. */
    List<Event> within(long millis) throws InterruptedException {
        Thread.sleep(millis);
        var read = new ArrayList<Event>();
        events.drainTo(read);
        return read;
    }

    boolean hasCommentWithin(long seconds) throws InterruptedException {
        return comments.poll(seconds, TimeUnit.SECONDS) != null;
    }

    boolean endsWithin(long seconds) throws Exception {
        try {
            end.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String id = "0";
            String kind = "message";
            var data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(Long.parseLong(id), kind, Json.tree(data.toString())));
                    }
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    comments.add(line);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    kind = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data.append(line, 6, line.length());
                }
            }
        } catch (IOException | RuntimeException closed) {
            // by us, or by the server: either way it is over
        } finally {
            end.complete(null);
        }
    }
}
