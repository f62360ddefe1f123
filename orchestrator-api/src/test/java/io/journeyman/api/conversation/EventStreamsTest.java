package io.journeyman.api.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.contracts.CustomerId;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Quiet streams, with the seconds made short. */
class EventStreamsTest {
    private static final Owner OWNER = new Owner("conversation");

    @Test
    void writesACommentIntoSilenceSoThatALostClientIsNoticed() throws Exception {
        var url = TestPostgres.freshDatabase(OWNER);
        try (var database = Database.open(url, OWNER)) {
            var store = new ConversationStore(database.jdbi(), InstantSource.system());
            var conversation = store.forCustomer(new CustomerId("cust-1"));
            try (var streams = new EventStreams(store, Duration.ofMillis(20), Duration.ofMillis(100))) {
                for (int i = 0; i < 20; i++) { // more than may be open at once: each that is lost makes room
                    var lost = new LostAfterAComment();
                    var stream = streams.open(conversation, 0, () -> true);
                    CompletableFuture.runAsync(
                                    () -> {
                                        try {
                                            stream.write(lost);
                                        } catch (IOException e) {
                                            throw new IllegalStateException(e);
                                        }
                                    },
                                    Thread::startVirtualThread)
                            .get(20, TimeUnit.SECONDS);
                    assertThat(lost.written.toString(StandardCharsets.UTF_8))
                            .startsWith("retry: ")
                            .contains("\n\n: ");
                }
            }
        }
    }

    /** A connection that the client has left: it takes one comment still, and breaks at the next. */
    private static final class LostAfterAComment extends OutputStream {
        final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            throw new IOException("one byte at a time is not what streams write");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (written.toString(StandardCharsets.UTF_8).contains("\n: ")) {
                throw new IOException("Broken pipe");
            }
            written.write(bytes, offset, length);
        }
    }
}
