package io.journeyman.kit;

import io.journeyman.contracts.Contract;
import io.journeyman.contracts.Problem;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/** The smallest agent that changes something: it takes notes, counts them all the time, and can be told to refuse, to break, or to dawdle. */
final class NoteTaker implements Agent {
    static final Contract CONTRACT = Contract.parse("noteTaker", """
            {"openapi": "3.1.0", "info": {"title": "notes", "version": "1"}, "paths": {
              "/notes": {"post": {"operationId": "takeNote",
                "parameters": [{"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string"}}],
                "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}},
                "responses": {
                  "201": {"description": "taken", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Note"}}}},
                  "default": {"description": "problem", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
              "/open": {"post": {"operationId": "anybody", "security": [],
                "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "string"}}}}}}}},
             "components": {"schemas": {
               "Note": {"type": "object", "required": ["id", "text"], "additionalProperties": false, "properties": {
                 "id": {"type": "string", "pattern": "^[a-z0-9-]{1,20}$"}, "text": {"type": "string", "maxLength": 300000}}},
               "Problem": {"type": "object", "required": ["type", "title", "status", "code", "detail", "suggestions"]}}}}
            """);

    private static final Duration BETWEEN_SWEEPS = Duration.ofMillis(50);

    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch mayGoOn = new CountDownLatch(1);

    final AtomicInteger sweepsInVain = new AtomicInteger();

    @Override
    public String name() {
        return "noteTaker";
    }

    @Override
    public int defaultPort() {
        return 5099;
    }

    @Override
    public Contract contract() {
        return CONTRACT;
    }

    @Override
    public void register(AgentEnvironment environment) {
        environment.jersey(new NoteResource(environment.idempotency(), this));
        environment.every(BETWEEN_SWEEPS, () -> count(environment.jdbi()));
    }

    private void count(Jdbi jdbi) {
        try {
            jdbi.useHandle(handle -> handle.execute("SELECT count(*) FROM note"));
        } catch (RuntimeException inVain) {
            sweepsInVain.incrementAndGet();
            throw inVain;
        }
    }

    record Note(String id, String text) {}

    @Path("/")
    public static final class NoteResource {
        private final Idempotency idempotency;
        private final NoteTaker taker;

        NoteResource(Idempotency idempotency, NoteTaker taker) {
            this.idempotency = idempotency;
            this.taker = taker;
        }

        @POST
        @Path("notes")
        public Response take(@Context Call call, Note note) {
            return idempotency.once(call, 201, handle -> {
                handle.createUpdate("""
                                INSERT INTO note (id, text) VALUES (:id, :text)
                                ON CONFLICT (id) DO UPDATE SET taken = note.taken + 1
                                """)
                        .bind("id", note.id())
                        .bind("text", note.text())
                        .execute();
                switch (note.text()) {
                    case "refuse" ->
                        throw new ProblemException(
                                Problem.of(409, "refused", "No.", "Write something else."), Map.of("lines", 3));
                    case "break" -> throw new IllegalStateException("as asked");
                    case "dawdle" -> dawdle();
                    default -> {}
                }
                return note;
            });
        }

        @POST
        @Path("open")
        public Response anybody() {
            return Response.ok("\"hello\"", "application/json").build();
        }

        private void dawdle() {
            taker.entered.countDown();
            try {
                if (!taker.mayGoOn.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody let it go on");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
