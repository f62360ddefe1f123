package io.journeyman.api.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.Announcement;
import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.db.Database;
import io.journeyman.db.Owner;
import io.journeyman.testing.TestPostgres;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EventBellTest {
    private static final Owner OWNER = new Owner("conversation");

    private Database database;
    private ConversationStore store;
    private ConversationId conversation;
    private String url;

    @BeforeEach
    void open() throws Exception {
        url = TestPostgres.freshDatabase(OWNER);
        database = Database.open(url, OWNER);
        store = new ConversationStore(database.jdbi(), InstantSource.system());
        conversation = store.forCustomer(new CustomerId("cust-1"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void tellsWhichTurnAnEventIsAbout() throws Exception {
        var heard = new Heard();
        try (var _ = new EventBell(url, heard)) {
            heard.awaitConnected();
            store.accept(conversation, "key-1", "web", "hello");

            assertThat(heard.next()).isEqualTo(new Announcement(conversation.value(), "message", 1));
        }
    }

    @Test
    void goesOnAfterItsConnectionWasLostAndSaysSo() throws Exception {
        var heard = new Heard();
        try (var _ = new EventBell(url, heard)) {
            heard.awaitConnected();
            try (var admin = DriverManager.getConnection(url);
                    var statement = admin.createStatement()) {
                statement.execute("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE 'LISTEN %'""");
            }

            heard.awaitConnected();
            store.accept(conversation, "key-1", "web", "hello");

            assertThat(heard.next().turn()).isEqualTo(1);
        }
    }

    @Test
    void endsTheWaitForAReplyThoughTheEngineHasNotAnswered() throws Exception {
        var nowhere = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:1")
                .build());
        try (var engine = new Engine(WorkflowClient.newInstance(nowhere), database.jdbi(), InstantSource.system())) {
            var first = engine.turn(conversation, 1);
            var second = engine.turn(conversation, 2);

            engine.told(new Announcement(conversation.value(), "message", 2));
            engine.told(new Announcement(conversation.value(), "reply", 1));

            assertThat(first).succeedsWithin(1, TimeUnit.SECONDS);
            assertThat(second).isNotDone();
        } finally {
            nowhere.shutdownNow();
        }
    }

    private static final class Heard implements EventBell.Listener {
        private final BlockingQueue<Announcement> events = new LinkedBlockingQueue<>();
        private final Semaphore connected = new Semaphore(0);

        @Override
        public void told(Announcement event) {
            events.add(event);
        }

        @Override
        public void mayHaveMissed() {
            connected.release();
        }

        void awaitConnected() throws InterruptedException {
            assertThat(connected.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        }

        Announcement next() throws InterruptedException {
            var event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).isNotNull();
            return event;
        }
    }
}
