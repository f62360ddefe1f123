package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The event stream: live, whole, and one's own. */
@ExtendWith(RunningShop.Opened.class)
class EventsTest {
    private static final Executor THREADS = Thread::startVirtualThread;

    private final RunningShop shop;

    EventsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void tellsATurnWhileItRuns() {
        var customer = shop.customer();
        try (var events = customer.events("")) {
            customer.say("use add_to_cart {\"sku\": \"" + PlayedAgents.KURTA + "\", \"quantity\": 1}");

            var told = events.untilReply(1);

            assertThat(told)
                    .extracting(EventReader.Event::kind)
                    .containsExactly("message", "progress", "cart", "reply");
            assertThat(told).extracting(EventReader.Event::id).containsExactly(1L, 2L, 3L, 4L);
            assertThat(told)
                    .allSatisfy(event -> assertThat(ApiClient.DOCUMENT.checkSchema(
                                    "Event", event.data().toString()))
                            .isEmpty());
        }
    }

    @Test
    void missesNoneAndDoublesNoneWhenAStreamIsResumed() {
        var customer = shop.customer();
        customer.say("one");
        long last;
        try (var events = customer.events("")) {
            last = events.untilReply(1).getLast().id();
        }
        customer.say("two");

        try (var events = customer.with("Last-Event-ID", String.valueOf(last)).events("?after=0")) {
            assertThat(events.untilReply(2)).extracting(EventReader.Event::id).containsExactly(3L, 4L);
        }
        try (var events = customer.events("?after=1")) {
            assertThat(events.untilReply(2)).extracting(EventReader.Event::id).containsExactly(2L, 3L, 4L);
        }
    }

    @Test
    void catchesUpOverALongGap() throws Exception {
        var id = RunningShop.fresh("cust");
        var customer = shop.customer(id);
        customer.say("hello");
        shop.execute("""
                INSERT INTO conversation.event (conversation_id, seq, kind, body, at)
                SELECT a.conversation_id, 2 + n, 'news', '{"text": "news"}', now()
                FROM conversation.alias a, generate_series(1, 350) n WHERE a.value = '%s'""".formatted(id));
        shop.execute("""
                UPDATE conversation.conversation c SET last_event = 352
                FROM conversation.alias a WHERE a.conversation_id = c.id AND a.value = '%s'""".formatted(id));

        try (var events = customer.with("Last-Event-ID", "2").events("")) {
            var caughtUp = events.until(event -> event.id() == 352);
            customer.say("and on");

            assertThat(caughtUp)
                    .extracting(EventReader.Event::id)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(3, 352).boxed().toList());
            assertThat(events.next().id()).isEqualTo(353);
        }
    }

    @Test
    void tellsNobodyElsesEvents() throws Exception {
        var one = shop.customer();
        var other = shop.customer();
        try (var ofOne = one.events("");
                var ofOther = other.events("")) {
            one.say("a secret");
            ofOne.untilReply(1);

            assertThat(ofOther.within(700)).isEmpty();
        }
    }

    @Test
    void takesNumbersOnly() {
        for (String garbage : List.of("x", "-1", "1.5", "99999999999999999999", "1; DROP TABLE event")) {
            assertThatThrownBy(
                            () -> shop.customer().with("Last-Event-ID", garbage).events(""))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(ApiClient.Refused.class))
                    .satisfies(refused -> assertThat(refused.answer.refusal()).isEqualTo("400 bad_request"));
        }
    }

    @Test
    void opensAtMostEightStreamsForAConversation() throws Exception {
        var customer = shop.customer();
        var open = new ArrayList<EventReader>();
        try {
            var tried = IntStream.range(0, 12)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> customer.events(""), THREADS))
                    .toList();
            for (var one : tried) {
                one.handle((reader, refused) -> reader == null || open.add(reader))
                        .join();
            }

            // one that came in too many at once may open, but ends at once
            int live = 0;
            for (var reader : open) {
                live += reader.endsWithin(1) ? 0 : 1;
            }
            assertThat(live).isEqualTo(8);
            assertThatThrownBy(() -> customer.events("")).hasMessageContaining("too_many_streams");
            assertThat(shop.customer().events("")).satisfies(EventReader::close);
        } finally {
            open.forEach(EventReader::close);
        }
    }

    @Test
    void answersOthersWhileHundredsListen() {
        var listening = new ArrayList<EventReader>();
        try {
            for (int i = 0; i < 400; i++) {
                listening.add(shop.customer().events(""));
            }

            shop.customer().say("hello");
        } finally {
            listening.forEach(EventReader::close);
        }
    }

    @Test
    void endsWithTheServer() throws Exception {
        var second = ApiService.start(shop.config);
        var customer = new ApiClient(second.url())
                .bearer(shop.tokens.sign(new io.journeyman.api.auth.Session.Customer(
                        new io.journeyman.contracts.CustomerId(RunningShop.fresh("cust")))));
        try (var events = customer.events("")) {
            second.close();

            assertThat(events.endsWithin(10)).isTrue();
        }
    }
}
