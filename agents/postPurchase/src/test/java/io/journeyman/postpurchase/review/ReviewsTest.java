package io.journeyman.postpurchase.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.CancellationId;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.AskedLine;
import io.journeyman.contracts.PostPurchase.CancellationQuote;
import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.FindReviews;
import io.journeyman.contracts.PostPurchase.FoundReview;
import io.journeyman.contracts.PostPurchase.FoundReviews;
import io.journeyman.contracts.PostPurchase.GetCustomerReviews;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.ProductRating;
import io.journeyman.contracts.PostPurchase.ProductRatings;
import io.journeyman.contracts.PostPurchase.QuoteCancellation;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.RateProducts;
import io.journeyman.contracts.PostPurchase.RecordCancellation;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.RequestReviews;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.ReviewHidden;
import io.journeyman.contracts.PostPurchase.ReviewOutcome;
import io.journeyman.contracts.PostPurchase.ReviewRequest;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.contracts.PostPurchase.ReviewState;
import io.journeyman.contracts.PostPurchase.ReviewWish;
import io.journeyman.contracts.PostPurchase.ReviewableLine;
import io.journeyman.contracts.PostPurchase.SetReviewVisibility;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.PostPurchase.WriteReview;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.journeyman.db.Owner;
import io.journeyman.kit.AgentConfig;
import io.journeyman.kit.AgentService;
import io.journeyman.postpurchase.PostPurchaseAgent;
import io.journeyman.testing.ContractClient;
import io.journeyman.testing.ContractClient.Answer;
import io.journeyman.testing.ServiceTokens;
import io.journeyman.testing.TestPostgres;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each order here has two kurtas and one shawl, of products of its own, and each is of a customer of its own. */
@Timeout(120)
class ReviewsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

    private static AgentService service;
    private static ContractClient client;

    private final String sign = UUID.randomUUID().toString().substring(0, 8);
    private final CustomerId asha = new CustomerId("cust-" + sign);
    private final Sku kurta = new Sku("K-" + sign);
    private final Sku shawl = new Sku("S-" + sign);
    private final ProductId kurtas = new ProductId("P-K-" + sign);

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new PostPurchaseAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("postPurchase"), "kit"), ServiceTokens.SECRET)
                        .withClock(() -> NOW));
        client = new ContractClient(service.uri(), Contract.load("postPurchase"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void areAskedForOnceAboutWhatIsKept() {
        var order = delivered();
        sendBack(order, shawl, 1);

        var first = ask(order).as(ReviewRequest.class);
        sendBack(order, kurta, 2);

        assertThat(first.outcome()).isEqualTo(ReviewOutcome.asked);
        assertThat(first.lines())
                .containsExactly(new ReviewableLine(kurta, kurtas, "Cotton kurta " + sign, "M", "blue"));
        assertThat(ask(order).as(ReviewRequest.class)).isEqualTo(first);
        assertThat(of(asha)).as("all of it goes back by now").isEmpty();
    }

    @Test
    void areAskedForAboutALineOfWhichAPieceIsKept() {
        var order = ordered();
        cancelOne(order, kurta);
        arrives(order);

        assertThat(ask(order).as(ReviewRequest.class).lines())
                .extracting(ReviewableLine::sku)
                .containsExactlyInAnyOrder(kurta, shawl);
    }

    @Test
    void areNotAskedForWhereNothingIsKept() {
        var order = delivered();
        sendBack(order, kurta, 2);
        sendBack(order, shawl, 1);

        assertThat(ask(order).as(ReviewRequest.class))
                .isEqualTo(new ReviewRequest(order, ReviewOutcome.nothing_kept, List.of()));
    }

    @Test
    void areNotAskedForWhereTheCustomerDoesNotWantItUntilTheyDo() {
        var order = delivered();
        wish(false);

        var request = ask(order).as(ReviewRequest.class);
        wish(true);

        assertThat(request.outcome()).isEqualTo(ReviewOutcome.not_wanted);
        assertThat(ask(order).as(ReviewRequest.class)).as("asked once").isEqualTo(request);
        assertThat(ask(delivered()).as(ReviewRequest.class).outcome()).isEqualTo(ReviewOutcome.asked);
    }

    @Test
    void areOfWhoBoughtItAndHasIt() {
        var travelling = ordered();
        var order = delivered();
        var someone = new CustomerId("cust-someone");

        assertThat(ask(travelling).problem().code()).isEqualTo("not_delivered");
        assertThat(write(travelling, kurta, 5, "x").problem().code()).isEqualTo("not_delivered");
        assertThat(client.withKey(key())
                        .post("/reviews", new WriteReview(kurta, order, someone, 1, Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("unknown_order");
        assertThat(client.withKey(key())
                        .post("/review-requests", new RequestReviews(order, someone))
                        .problem()
                        .code())
                .isEqualTo("unknown_order");
        assertThat(write(order, new Sku("P-9"), 5, "x").problem().code()).isEqualTo("not_in_order");
        sendBack(order, shawl, 1);
        assertThat(write(order, shawl, 5, "x").problem().code()).isEqualTo("not_kept");
    }

    @Test
    void areOneForEachLineWhichItsCustomerChanges() throws Exception {
        var order = delivered();
        ask(order);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.invokeAll(IntStream.range(0, 8)
                    .<Callable<Answer>>mapToObj(i -> () -> write(order, kurta, 4, "Fits well"))
                    .toList());
        }
        var first = write(order, kurta, 4, "Fits well").as(Review.class);

        var changed = client.withKey(key())
                .post("/reviews", new WriteReview(kurta, order, asha, 2, Optional.empty()))
                .as(Review.class);
        var silent = write(order, kurta, 3, "").as(Review.class);

        assertThat(changed.reviewId()).isEqualTo(first.reviewId());
        assertThat(changed.rating()).isEqualTo(2);
        assertThat(changed.words()).as("they stay where none are given").contains("Fits well");
        assertThat(silent.words()).isEmpty();
        assertThat(of(asha))
                .extracting(one -> one.review().map(Review::rating))
                .containsExactly(Optional.of(3), Optional.empty());
        sendBack(order, kurta, 2);
        assertThat(write(order, kurta, 1, "It tore").status())
                .as("what is written may be changed, also of what went back")
                .isEqualTo(200);
    }

    @Test
    void haveLimits() {
        var order = delivered();

        assertThat(write(order, kurta, 6, "x").problem().status()).isEqualTo(400);
        assertThat(write(order, kurta, 0, "x").problem().status()).isEqualTo(400);
        assertThat(write(order, kurta, 5, "x".repeat(1_001)).problem().status()).isEqualTo(400);
        assertThat(write(order, kurta, 5, "☀".repeat(1_000)).status()).isEqualTo(200);
    }

    @Test
    void giveAMeanThatDoesNotCountWhatIsHidden() {
        var reviews = List.of(5, 4, 4).stream()
                .map(stars -> write(delivered(), kurta, stars, "x").as(Review.class))
                .toList();

        assertThat(rating()).contains(new ProductRating(kurtas, 43, 3));

        var hidden = show(reviews.get(1), true, "names a person").as(Review.class);

        assertThat(hidden.hidden()).contains(new ReviewHidden("staff-ravi", "names a person", NOW));
        assertThat(rating()).contains(new ProductRating(kurtas, 45, 2));
        assertThat(show(reviews.get(1), true, "again").as(Review.class).hidden())
                .as("who hid it first stays")
                .isEqualTo(hidden.hidden());
        assertThat(show(reviews.get(1), false, "a mistake").as(Review.class).hidden())
                .isEmpty();
        assertThat(rating()).contains(new ProductRating(kurtas, 43, 3));
        assertThat(client.withKey(key())
                        .post("/reviews/RV-none/visibility", new SetReviewVisibility(true, "staff-ravi", "why"))
                        .problem()
                        .code())
                .isEqualTo("unknown_review");
    }

    @Test
    void areFoundByProductStarsAndWhetherTheyAreWritten() {
        var order = delivered();
        ask(order);
        var review = write(order, kurta, 4, "Fits well").as(Review.class);

        assertThat(find(sign.toUpperCase(java.util.Locale.ROOT), Optional.empty(), Optional.empty()))
                .extracting(FoundReview::review)
                .containsExactly(Optional.of(review));
        assertThat(find(kurtas.value(), Optional.of(4), Optional.of(ReviewState.shown)))
                .hasSize(1);
        assertThat(find(kurtas.value(), Optional.of(5), Optional.empty())).isEmpty();
        assertThat(find(kurtas.value(), Optional.empty(), Optional.of(ReviewState.hidden)))
                .isEmpty();
        assertThat(find(sign, Optional.empty(), Optional.of(ReviewState.unanswered)))
                .extracting(found -> found.line().sku())
                .containsExactly(shawl);
        show(review, true, "why");
        assertThat(find(kurtas.value(), Optional.empty(), Optional.of(ReviewState.hidden)))
                .hasSize(1);
    }

    @Test
    void areAskedForAsTheShopsRuleSays() {
        assertThat(client.get("/review-rule").as(ReviewRule.class)).isEqualTo(new ReviewRule(true, 7 * 24 * 3_600));

        client.withKey(key()).put("/review-rule", new ReviewRule(false, 60));

        assertThat(client.get("/review-rule").as(ReviewRule.class)).isEqualTo(new ReviewRule(false, 60));
        client.withKey(key()).put("/review-rule", new ReviewRule(true, 7 * 24 * 3_600));
    }

    private OrderId delivered() {
        return arrives(ordered());
    }

    private OrderId arrives(OrderId order) {
        to(order, OrderStatus.shipped);
        to(order, OrderStatus.delivered);
        return order;
    }

    private OrderId ordered() {
        var order = new OrderId("o-" + UUID.randomUUID());
        client.withKey(key())
                .post(
                        "/orders",
                        new RecordOrder(
                                order,
                                asha,
                                new ConversationId("conv-1"),
                                new QuoteId("quote-1"),
                                "web",
                                List.of(
                                        new PricedLine(
                                                kurta,
                                                kurtas,
                                                "Cotton kurta " + sign,
                                                "M",
                                                "blue",
                                                2,
                                                Money.inr(129_900)),
                                        new PricedLine(
                                                shawl,
                                                new ProductId("P-S-" + sign),
                                                "Wool shawl " + sign,
                                                "ONE",
                                                "red",
                                                1,
                                                Money.inr(50_000))),
                                Money.inr(0),
                                Money.inr(0),
                                Money.inr(0),
                                Money.inr(309_800),
                                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                                "standard",
                                LocalDate.of(2026, 12, 1),
                                Optional.empty()));
        to(order, OrderStatus.confirmed);
        return order;
    }

    private static void to(OrderId order, OrderStatus status) {
        client.withKey(key())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(status, Optional.empty(), Optional.empty()));
    }

    private void sendBack(OrderId order, Sku sku, int pieces) {
        var lines = List.of(new ReturnLine(sku, pieces, Optional.empty()));
        var quote = client.post(
                        "/return-quotes", new QuoteReturn(asha, order, ReturnReason.damaged, lines, Optional.empty()))
                .as(ReturnQuote.class);
        var back = client.withKey(key())
                .post(
                        "/returns",
                        new RecordReturn(
                                new ReturnId("RT-" + UUID.randomUUID()),
                                order,
                                asha,
                                new QuoteId("quote-2"),
                                ReturnReason.damaged,
                                lines,
                                quote.fee(),
                                quote.refund(),
                                Optional.empty()));
        assertThat(back.status()).isEqualTo(201);
    }

    private void cancelOne(OrderId order, Sku sku) {
        var lines = List.of(new Line(sku, 1));
        var quote = client.post("/cancellation-quotes", new QuoteCancellation(asha, order, lines))
                .as(CancellationQuote.class);
        var id = new CancellationId("CN-" + UUID.randomUUID());
        client.withKey(key())
                .post(
                        "/cancellations",
                        new RecordCancellation(
                                id, order, asha, new QuoteId("quote-2"), lines, quote.refund(), Optional.empty()));
        assertThat(client.withKey(key())
                        .post("/cancellations/" + id + "/accept")
                        .status())
                .isEqualTo(200);
    }

    private Answer ask(OrderId order) {
        return client.withKey(key()).post("/review-requests", new RequestReviews(order, asha));
    }

    private Answer write(OrderId order, Sku sku, int rating, String words) {
        return client.withKey(key()).post("/reviews", new WriteReview(sku, order, asha, rating, Optional.of(words)));
    }

    private void wish(boolean wanted) {
        client.withKey(key()).post("/review-wishes", new ReviewWish(asha, wanted));
    }

    private static List<AskedLine> of(CustomerId customer) {
        return client.post("/customer-reviews", new GetCustomerReviews(customer))
                .as(CustomerReviews.class)
                .lines();
    }

    private static Answer show(Review review, boolean hidden, String reason) {
        return client.withKey(key())
                .post(
                        "/reviews/" + review.reviewId() + "/visibility",
                        new SetReviewVisibility(hidden, "staff-ravi", reason));
    }

    private Optional<ProductRating> rating() {
        return client
                .post("/product-ratings", new RateProducts(List.of(kurtas, new ProductId("P-unknown"))))
                .as(ProductRatings.class)
                .ratings()
                .stream()
                .findFirst();
    }

    private static List<FoundReview> find(String product, Optional<Integer> rating, Optional<ReviewState> state) {
        return client.post(
                        "/review-search",
                        new FindReviews(Optional.of(product), rating, state, Optional.empty(), Optional.empty()))
                .as(FoundReviews.class)
                .reviews();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
