package io.journeyman.activities.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.activities.registry.Toolbox;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProposalId;
import io.journeyman.db.Database;
import io.journeyman.testing.TestPostgres;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConversationStoreTest {
    private static final Toolbox NO_TOOLS = new Toolbox(List.of(), Map.of(), (contract, url) -> {
        throw new AssertionError("nobody joins");
    });

    private static Database database;
    private static Jdbi jdbi;
    private static ConversationStore store;
    private static int people;

    @BeforeAll
    static void open() {
        String url = TestPostgres.freshDatabase(ActivityAssembly.OWNER);
        database = Database.open(url, ActivityAssembly.OWNER);
        jdbi = database.jdbi();
        store = new ConversationStore(jdbi, InstantSource.system());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aCustomerHasOneConversationHoweverManyAskAtOnce() throws Exception {
        CustomerId customer = customer();
        List<Callable<ConversationId>> asks = new ArrayList<>();
        IntStream.range(0, 12).forEach(i -> asks.add(() -> store.forCustomer(customer)));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<ConversationId> answers = new ArrayList<>();
            for (var answer : threads.invokeAll(asks)) {
                answers.add(answer.get());
            }

            assertThat(answers).containsOnly(store.forCustomer(customer));
        }
    }

    @Test
    void aMessageSentAgainIsTheSameTurnAndAnotherTextUnderItsKeyIsRefused() {
        ConversationId conversation = store.forCustomer(customer());

        assertThat(store.accept(conversation, "k1", "web", "hello")).isEqualTo(new Accepted.New(1));
        assertThat(store.accept(conversation, "k1", "web", "hello")).isEqualTo(new Accepted.Repeated(1));
        assertThat(store.accept(conversation, "k1", "web", "bye")).isEqualTo(new Accepted.OtherText());
        assertThat(store.accept(conversation, "k2", "web", "hello")).isEqualTo(new Accepted.New(2));
        assertThat(store.transcript(conversation, Integer.MAX_VALUE, 50))
                .extracting(TranscriptTurn::text)
                .containsExactly("hello", "hello");
    }

    @Test
    void aFourthUnansweredMessageIsTooMany() {
        ConversationId conversation = store.forCustomer(customer());
        for (int i = 1; i <= ConversationStore.MOST_UNANSWERED; i++) {
            store.accept(conversation, "k" + i, "web", "again");
        }

        assertThat(store.accept(conversation, "k9", "web", "again")).isEqualTo(new Accepted.TooMany());
        assertThat(store.accept(conversation, "k1", "web", "again")).isEqualTo(new Accepted.Repeated(1));
    }

    @Test
    void aMessageHasALimit() {
        ConversationId conversation = store.forCustomer(customer());

        assertThatThrownBy(() -> store.accept(conversation, "k", "web", "x".repeat(4_001)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eventsAreNumberedWithoutGapsThoughManyWriteAtOnce() throws Exception {
        ConversationId conversation = store.forCustomer(customer());
        List<Callable<Object>> writes = new ArrayList<>();
        IntStream.range(0, 20)
                .forEach(i -> writes.add(Executors.callable(() -> jdbi.useTransaction(handle -> EventLog.append(
                        handle,
                        conversation,
                        "merged",
                        0,
                        io.journeyman.contracts.Json.tree("{}"),
                        InstantSource.system().instant())))));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var write : threads.invokeAll(writes)) {
                write.get();
            }
        }

        assertThat(store.events(conversation, 0, 100))
                .extracting(ConversationEvent::seq)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList());
        assertThat(store.events(conversation, 17, 2))
                .extracting(ConversationEvent::seq)
                .containsExactly(18L, 19L);
        assertThat(store.lastEvent(conversation)).isEqualTo(20);
    }

    @Test
    void aGuestWhoSignsInForTheFirstTimeKeepsConversationAndCart() {
        ConversationId guest = store.forGuest("guest-first");
        cart(guest, "S-1", 2);
        CustomerId customer = customer();

        assertThat(store.merge("guest-first", customer)).isEqualTo(guest);

        assertThat(store.forCustomer(customer)).isEqualTo(guest);
        assertThat(store.cart(guest).pieces()).isEqualTo(2);
        assertThat(store.merge("guest-first", customer)).isEqualTo(guest);
        assertThat(store.forGuest("guest-first")).isNotEqualTo(guest);
    }

    @Test
    void aGuestsCartAndTurnsJoinTheCustomersConversation() {
        CustomerId customer = customer();
        ConversationId home = store.forCustomer(customer);
        cart(home, "S-1", 19);
        answered(home, "mine");
        ConversationId guest = store.forGuest("guest-joins");
        cart(guest, "S-1", 5);
        cart(guest, "S-2", 1);
        answered(guest, "as a guest");

        assertThat(store.merge("guest-joins", customer)).isEqualTo(home);

        assertThat(store.cart(home).lines())
                .extracting(line -> line.sku().value() + " " + line.quantity())
                .containsExactly("S-1 20", "S-2 1");
        assertThat(store.transcript(home, Integer.MAX_VALUE, 50))
                .extracting(TranscriptTurn::text)
                .containsExactly("mine", "as a guest");
        assertThat(store.accept(home, "after", "web", "next")).isEqualTo(new Accepted.New(3));
        assertThat(store.events(home, 0, 50))
                .extracting(ConversationEvent::kind)
                .contains("merged", "cart");
    }

    @Test
    void aMessageSentAgainAfterItsGuestSignedInIsTheSameTurn() {
        CustomerId customer = customer();
        ConversationId home = store.forCustomer(customer);
        answered(home, "mine");
        ConversationId guest = store.forGuest("guest-repeats");
        answered(guest, "as a guest");
        store.accept(guest, "k-late", "web", "and this");
        store.merge("guest-repeats", customer);

        assertThat(store.accept(home, "key of as a guest", "web", "as a guest")).isEqualTo(new Accepted.Repeated(2));
        assertThat(store.accept(home, "k-late", "web", "and this")).isEqualTo(new Accepted.LeftBehind(guest, 2));
        assertThat(store.accept(home, "k-late", "web", "something else"))
                .as("a page that counts its messages begins anew")
                .isInstanceOf(Accepted.New.class);
        assertThat(store.accept(store.forCustomer(customer()), "k-late", "web", "and this"))
                .isInstanceOf(Accepted.New.class);
    }

    @Test
    void nobodySeesAnothersProposalsAndJourneys() {
        ConversationId mine = store.forCustomer(customer());
        ConversationId theirs = store.forCustomer(customer());
        StoredConversation activities = new StoredConversation(jdbi, InstantSource.system(), NO_TOOLS, question -> {
            throw new AssertionError("nobody asks the model");
        });
        activities.tell(news(mine, "checkout-JM-7", 1, "confirmed"));

        assertThat(store.journey(mine, "checkout-JM-7")).isPresent();
        assertThat(store.journey(mine, "JM-7")).map(JourneyView::code).contains("confirmed");
        assertThat(store.journey(theirs, "checkout-JM-7")).isEmpty();
        assertThat(store.journeys(theirs, "", 50)).isEmpty();
        assertThat(store.proposal(theirs, new ProposalId("prop-1"))).isEmpty();
    }

    @Test
    void newsAreToldOnceAndLateOnesDoNotTurnTheJourneyBack() {
        ConversationId conversation = store.forCustomer(customer());
        StoredConversation activities = new StoredConversation(jdbi, InstantSource.system(), NO_TOOLS, question -> {
            throw new AssertionError("nobody asks the model");
        });

        activities.tell(news(conversation, "checkout-JM-8", 2, "order_confirmed"));
        activities.tell(news(conversation, "checkout-JM-8", 2, "order_confirmed"));
        activities.tell(news(conversation, "checkout-JM-8", 1, "payment_declined"));

        assertThat(store.events(conversation, 0, 50))
                .hasSize(2)
                .allMatch(event -> event.kind().equals("news"));
        assertThat(store.journey(conversation, "JM-8")).map(JourneyView::code).contains("order_confirmed");
        assertThat(store.events(conversation, 0, 50)
                        .getFirst()
                        .body()
                        .path("text")
                        .asText())
                .isEqualTo("Your order JM-8 is confirmed. Thank you!");
    }

    /**
     * A worker asked for a method and died before the engine heard of it. The customer gave one, so that the next worker came by there with
     * nothing to ask, and the order's confirmation has the number of what was asked.
     */
    @Test
    void whatIsToldInPlaceOfSomethingElseIsToldTooAndSaysWhereTheJourneyStands() {
        ConversationId conversation = store.forCustomer(customer());
        StoredConversation activities = new StoredConversation(jdbi, InstantSource.system(), NO_TOOLS, question -> {
            throw new AssertionError("nobody asks the model");
        });
        JourneyNews asks =
                news(conversation, "checkout-JM-10", 1, "payment_method_needed", JourneyStatus.waiting_for_customer);
        JourneyNews confirms = news(conversation, "checkout-JM-10", 1, "order_confirmed", JourneyStatus.completed);

        activities.tell(asks);
        activities.tell(confirms);
        activities.tell(confirms);

        assertThat(codes(conversation)).containsExactly("payment_method_needed", "order_confirmed");
        assertThat(store.journey(conversation, "JM-10")).hasValueSatisfying(journey -> {
            assertThat(journey.status()).isEqualTo(JourneyStatus.completed);
            assertThat(journey.code()).isEqualTo("order_confirmed");
        });
    }

    @Test
    void whatAWorkerThatWasTakenForDeadSaysOfAJourneyThatIsOverIsNotTold() {
        ConversationId conversation = store.forCustomer(customer());
        StoredConversation activities = new StoredConversation(jdbi, InstantSource.system(), NO_TOOLS, question -> {
            throw new AssertionError("nobody asks the model");
        });

        activities.tell(news(conversation, "checkout-JM-11", 1, "order_confirmed", JourneyStatus.completed));
        activities.tell(
                news(conversation, "checkout-JM-11", 1, "payment_method_needed", JourneyStatus.waiting_for_customer));

        assertThat(codes(conversation)).containsExactly("order_confirmed");
        assertThat(store.journey(conversation, "JM-11")).map(JourneyView::code).contains("order_confirmed");
    }

    @Test
    void moreTimeChangesTheDeadlineAndNothingElseOfTheJourney() {
        ConversationId conversation = store.forCustomer(customer());
        StoredConversation activities = new StoredConversation(jdbi, InstantSource.system(), NO_TOOLS, question -> {
            throw new AssertionError("nobody asks the model");
        });
        var until = java.time.Instant.parse("2026-11-25T12:00:00Z");
        activities.tell(news(conversation, "checkout-JM-9", 1, "payment_declined"));

        activities.tell(new JourneyNews(
                conversation,
                "checkout-JM-9",
                2,
                "Checkout",
                "deadline_extended",
                JourneyStatus.waiting_for_customer,
                "payment_method",
                java.util.Optional.of(until),
                java.util.Map.of()));

        var journey = store.journey(conversation, "JM-9").orElseThrow();
        assertThat(journey.code()).isEqualTo("payment_declined");
        assertThat(journey.until()).contains(until);
        assertThat(store.events(conversation, 1, 50)
                        .getFirst()
                        .body()
                        .path("text")
                        .asText())
                .isEqualTo(
                        "There is more time for your order JM-9: everything is kept for you, at the same price, until 25 Nov, 17:30.");
    }

    private static List<String> codes(ConversationId conversation) {
        return store.events(conversation, 0, 50).stream()
                .map(event -> event.body().path("code").asText())
                .toList();
    }

    private static JourneyNews news(ConversationId conversation, String workflow, int seq, String code) {
        return news(conversation, workflow, seq, code, JourneyStatus.running);
    }

    private static JourneyNews news(
            ConversationId conversation, String workflow, int seq, String code, JourneyStatus status) {
        return new JourneyNews(
                conversation,
                workflow,
                seq,
                "Checkout",
                code,
                status,
                "",
                java.util.Optional.empty(),
                java.util.Map.of("orderId", "JM"));
    }

    private static CustomerId customer() {
        return new CustomerId("cust-" + ++people);
    }

    private static void cart(ConversationId conversation, String sku, int quantity) {
        PricedLine line = new PricedLine(
                new io.journeyman.contracts.Sku(sku),
                new io.journeyman.contracts.ProductId("P"),
                "Kurta",
                "M",
                "blue",
                quantity,
                Money.inr(100));
        assertThat(jdbi.<Boolean, RuntimeException>inTransaction(handle -> Carts.add(
                        handle, conversation, line, 1, InstantSource.system().instant())))
                .isTrue();
    }

    private static void answered(ConversationId conversation, String text) {
        int turn = ((Accepted.New) store.accept(conversation, "key of " + text, "web", text)).turn();
        jdbi.useTransaction(handle -> Turns.reply(
                handle,
                new TurnRef(conversation, turn),
                "web",
                Words.reply("declined"),
                InstantSource.system().instant()));
    }
}
