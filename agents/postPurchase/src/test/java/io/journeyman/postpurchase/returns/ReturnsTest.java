package io.journeyman.postpurchase.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Contract;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.CloseReturn;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.GetWarranties;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.LineWarranty;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.RecordSentBack;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnRefusal;
import io.journeyman.contracts.PostPurchase.ReturnRule;
import io.journeyman.contracts.PostPurchase.ReturnRules;
import io.journeyman.contracts.PostPurchase.ReturnState;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.SettleReturn;
import io.journeyman.contracts.PostPurchase.Settlement;
import io.journeyman.contracts.PostPurchase.TransitionOrder;
import io.journeyman.contracts.PostPurchase.WarrantedLine;
import io.journeyman.contracts.PostPurchase.Warranties;
import io.journeyman.contracts.PostPurchase.WarrantyState;
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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each order here has two kurtas of ₹1,299, one shawl of ₹500, a discount of ₹100 and a delivery fee of ₹99. */
@Timeout(120)
class ReturnsTest {
    private static final CustomerId ASHA = new CustomerId("cust-asha");
    private static final Sku KURTA = new Sku("P-1-M-BLUE");
    private static final Sku SHAWL = new Sku("P-2-ONE-RED");
    private static final long GOODS = 2 * 129_900 + 50_000;
    private static final long PAID_FOR_GOODS = GOODS - 10_000;
    private static final long FEE = 4_900;

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.parse("2026-11-24T05:00:00Z"));
    private static AgentService service;
    private static ContractClient client;

    @BeforeAll
    static void start() {
        service = AgentService.start(
                new PostPurchaseAgent(),
                AgentConfig.local(TestPostgres.freshDatabase(new Owner("postPurchase"), "kit"), ServiceTokens.SECRET)
                        .withClock(NOW::get));
        client = new ContractClient(service.uri(), Contract.load("postPurchase"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void areTakenUnderAWarrantyOnceTheTimeForReturnsIsOverAndWhileItRuns() {
        var order = bought();
        assertThat(warranties(order))
                .extracting(WarrantedLine::months, WarrantedLine::state)
                .containsExactly(tuple(12, WarrantyState.begins_with_delivery), tuple(0, WarrantyState.none));
        deliver(order);
        var delivered = NOW.get();

        assertThat(quote(order, ReturnReason.warranty, line(KURTA, 1)).problem().code())
                .isEqualTo("returnable");
        assertThat(warranties(order).getFirst().state()).isEqualTo(WarrantyState.running);
        assertThat(warranties(order).getFirst().ends())
                .contains(delivered.atZone(ZoneOffset.UTC).plusMonths(12).toInstant());

        pass(Duration.ofDays(31));
        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 1)).problem().code())
                .isEqualTo("window_over");
        assertThat(quote(order, ReturnReason.warranty, line(SHAWL, 1)).problem().code())
                .isEqualTo("no_warranty");
        var quote = quote(order, ReturnReason.warranty, line(KURTA, 1)).as(ReturnQuote.class);
        assertThat(quote.fee()).isEqualTo(Money.inr(0));
        assertThat(quote.refund()).isEqualTo(quote.goods().minus(quote.discount()));
        var claim = send(wanted(order, quote, ReturnReason.warranty)).as(Return.class);
        assertThat(claim.reason()).isEqualTo(ReturnReason.warranty);
        assertThat(inspect(claim.returnId(), taken(KURTA, 1, 0))
                        .as(Return.class)
                        .refund())
                .isEqualTo(quote.refund());
        assertThat(warranties(order).getFirst().pieces()).as("the other one").isEqualTo(1);

        pass(Duration.ofDays(335));
        assertThat(quote(order, ReturnReason.warranty, line(KURTA, 1)).problem().code())
                .isEqualTo("warranty_over");
        assertThat(warranties(order).getFirst().state()).isEqualTo(WarrantyState.over);
        assertThat(client.post("/warranties", new GetWarranties(Optional.of(order), new CustomerId("cust-other")))
                        .as(Warranties.class)
                        .pieces())
                .isEmpty();
    }

    @Test
    void giveTheCustomerAnotherPieceThatCanBeClaimedUntilTheFirstOnesWarrantyEnds() {
        var order = bought();
        deliver(order);
        pass(Duration.ofDays(200));
        var worth = quote(order, ReturnReason.warranty, line(KURTA, 2))
                .as(ReturnQuote.class)
                .refund();
        var claim = claimed(order, 2);

        var inspected = inspect(claim, Remedy.replace, taken(KURTA, 2, 0)).as(Return.class);
        assertThat(inspected.status()).isEqualTo(ReturnStatus.inspected);
        assertThat(inspected.remedy()).contains(Remedy.replace);
        assertThat(inspected.refund()).isEqualTo(Money.inr(0));
        assertThat(inspected.value()).isEqualTo(Money.inr(0));
        assertThat(settle(claim).problem().code()).as("no money beside it").isEqualTo("not_inspected");
        assertThat(warranties(order)).extracting(WarrantedLine::sku).doesNotContain(KURTA);

        var replaced = sentBack(claim, "JM1").as(Return.class);
        assertThat(replaced.status()).isEqualTo(ReturnStatus.replaced);
        assertThat(replaced.trackingId()).contains("JM1");
        assertThat(sentBack(claim, "JM1").as(Return.class)).isEqualTo(replaced);
        assertThat(sentBack(claim, "JM2").problem().code()).isEqualTo("sent_back_differs");
        assertThat(choose(claim, Remedy.refund, Remedy.replace).problem().code())
                .isEqualTo("remedy_done");

        assertThat(warranties(order).getFirst().pieces()).isEqualTo(2);
        assertThat(quote(order, ReturnReason.warranty, line(KURTA, 2))
                        .as(ReturnQuote.class)
                        .refund())
                .as("it is worth what the first one was")
                .isEqualTo(worth);
        pass(Duration.ofDays(166));
        assertThat(quote(order, ReturnReason.warranty, line(KURTA, 1)).problem().code())
                .isEqualTo("warranty_over");
    }

    @Test
    void giveTheirOwnPieceBackRepairedAndSpeakForWhatIsNotCovered() {
        var order = bought();
        deliver(order);
        pass(Duration.ofDays(40));
        var claim = claimed(order, 2);

        inspect(claim, Remedy.repair, taken(KURTA, 1, 1));
        assertThat(spokenFor(order)).as("being repaired").containsExactly(new Line(KURTA, 2));
        assertThat(sentBack(claim, "JM1").as(Return.class).status()).isEqualTo(ReturnStatus.repaired);
        assertThat(spokenFor(order)).as("what was refused").containsExactly(new Line(KURTA, 1));

        assertThat(warranties(order).getFirst().pieces())
                .as("what was refused was looked at once")
                .isEqualTo(1);
    }

    @Test
    void giveTheMoneyWhereThereIsNoOtherPiece() {
        var order = bought();
        deliver(order);
        pass(Duration.ofDays(40));
        var claim = claimed(order, 1);
        inspect(claim, Remedy.replace, taken(KURTA, 1, 0));

        assertThat(choose(claim, Remedy.refund, Remedy.repair).problem().code()).isEqualTo("remedy_differs");
        var chosen = choose(claim, Remedy.refund, Remedy.replace).as(Return.class);
        assertThat(choose(claim, Remedy.refund, Remedy.replace).as(Return.class))
                .isEqualTo(chosen);
        assertThat(chosen.refund()).isEqualTo(chosen.value()).isNotEqualTo(Money.inr(0));
        assertThat(choose(claim, Remedy.repair, Remedy.refund).problem().code())
                .as("its money is on its way")
                .isEqualTo("remedy_done");

        assertThat(settle(claim).as(Return.class).status()).isEqualTo(ReturnStatus.refunded);
        assertThat(choose(claim, Remedy.replace, Remedy.refund).problem().code())
                .isEqualTo("remedy_done");
    }

    @Test
    void replaceOrRepairOnlyWhatWasClaimed() {
        var order = bought();
        var back = record(order, ReturnReason.damaged, line(KURTA, 1)).returnId();

        assertThat(inspect(back, Remedy.replace, taken(KURTA, 1, 0)).problem().code())
                .isEqualTo("no_claim");
        assertThat(inspect(back, taken(KURTA, 1, 0)).as(Return.class).remedy()).isEmpty();
        assertThat(choose(back, Remedy.repair, Remedy.refund).problem().code()).isEqualTo("no_claim");
    }

    @Test
    void sayInWhichParcelGoesBackWhatTheShopDidNotTake() {
        var order = bought();
        var back = record(order, ReturnReason.changed_mind, line(KURTA, 1)).returnId();
        assertThat(sentBack(back, "JM1").problem().code()).isEqualTo("not_inspected");
        inspect(back, taken(KURTA, 0, 1));

        var refused = sentBack(back, "JM1").as(Return.class);
        assertThat(refused.status()).isEqualTo(ReturnStatus.refused);
        assertThat(refused.trackingId()).contains("JM1");
        assertThat(quote(order, ReturnReason.changed_mind, line(KURTA, 2))
                        .problem()
                        .code())
                .as("a piece is looked at once")
                .isEqualTo("nothing_to_return");
    }

    @Test
    void worksOutARefundFromWhatThePiecesCostInTheEnd() {
        var order = bought();

        var shawl = quote(order, ReturnReason.changed_mind, line(SHAWL, 1)).as(ReturnQuote.class);
        var whole = quote(order, ReturnReason.damaged, line(KURTA, 2), line(SHAWL, 1))
                .as(ReturnQuote.class);

        assertThat(shawl.goods()).isEqualTo(Money.inr(50_000));
        assertThat(shawl.fee()).isEqualTo(Money.inr(FEE));
        assertThat(shawl.refund())
                .isEqualTo(shawl.goods().minus(shawl.discount()).minus(shawl.fee()));
        assertThat(whole.fee()).isEqualTo(Money.inr(0));
        assertThat(whole.refund()).isEqualTo(Money.inr(PAID_FOR_GOODS));
    }

    @Test
    void refundsAllReturnsOfAnOrderWithExactlyWhatItsGoodsCost() {
        var order = bought();

        long sum = 0;
        for (var line : List.of(line(KURTA, 1), line(SHAWL, 1), line(KURTA, 1))) {
            sum += record(order, ReturnReason.damaged, line).refund().minor();
        }

        assertThat(sum).isEqualTo(PAID_FOR_GOODS);
        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 1)).problem().code())
                .isEqualTo("nothing_to_return");
    }

    @Test
    void givesEachPieceToOneReturnHoweverManyWantItAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            var order = bought();
            var kurta = quote(order, ReturnReason.damaged, line(KURTA, 1)).as(ReturnQuote.class);
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                pool.invokeAll(IntStream.range(0, 6)
                        .<Callable<Answer>>mapToObj(i -> () -> send(wanted(order, kurta, ReturnReason.damaged)))
                        .toList());
            }

            var returns = order(order).returns();
            assertThat(returns).hasSizeBetween(1, 2);
            assertThat(returns.stream()
                            .flatMap(one -> one.lines().stream())
                            .mapToInt(line -> line.quantity())
                            .sum())
                    .isLessThanOrEqualTo(2);
        }
    }

    @Test
    void recordsOnceAndShowsItOnTheOrder() {
        var order = bought();
        var quote = quote(order, ReturnReason.changed_mind, line(KURTA, 1)).as(ReturnQuote.class);
        var wanted = wanted(order, quote, ReturnReason.changed_mind);

        var first = send(wanted);
        var again = send(wanted);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.as(Return.class)).isEqualTo(first.as(Return.class));
        assertThat(first.as(Return.class).label()).startsWith("RL-");
        assertThat(order(order).returns())
                .extracting(one -> one.returnId(), one -> one.status(), one -> one.refund())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(wanted.returnId(), ReturnStatus.requested, quote.refund()));
    }

    @Test
    void refusesAnAmountThatIsNotWhatItWorksOut() {
        var order = bought();
        var quote = quote(order, ReturnReason.damaged, line(KURTA, 1)).as(ReturnQuote.class);
        var more = new RecordReturn(
                id(),
                order,
                ASHA,
                new QuoteId("quote-1"),
                ReturnReason.damaged,
                List.of(line(KURTA, 1)),
                quote.fee(),
                quote.refund().plus(Money.inr(1)),
                Optional.empty());

        assertThat(send(more).problem().code()).isEqualTo("refund_changed");
    }

    @Test
    void refundsWhatTheInspectionTakesLessTheFeeOnce() {
        var order = bought();
        var back = record(order, ReturnReason.does_not_fit, line(KURTA, 2), line(SHAWL, 1));

        var looked =
                inspect(back.returnId(), taken(KURTA, 1, 1), taken(SHAWL, 1, 0)).as(Return.class);
        var same = inspect(back.returnId(), taken(KURTA, 1, 1), taken(SHAWL, 1, 0));
        var other = inspect(back.returnId(), taken(KURTA, 2, 0), taken(SHAWL, 1, 0));

        assertThat(looked.status()).isEqualTo(ReturnStatus.inspected);
        assertThat(looked.orderValue()).isEqualTo(Money.inr(PAID_FOR_GOODS));
        assertThat(looked.value().minor()).isBetween(170_000L, 179_900L);
        assertThat(looked.refund()).isEqualTo(looked.value().minus(Money.inr(FEE)));
        assertThat(same.as(Return.class)).isEqualTo(looked);
        assertThat(other.problem().code()).isEqualTo("inspection_differs");
        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 1)).problem().code())
                .isEqualTo("nothing_to_return");
    }

    @Test
    void wantsEachPieceOfAnInspectionAccountedFor() {
        var back = record(bought(), ReturnReason.damaged, line(KURTA, 2));

        assertThat(inspect(back.returnId(), taken(KURTA, 1, 0)).problem().code())
                .isEqualTo("inspection_incomplete");
        assertThat(inspect(back.returnId(), taken(SHAWL, 2, 0)).problem().code())
                .isEqualTo("inspection_incomplete");
        assertThat(inspect(back.returnId(), new InspectedLine(KURTA, 1, 1, Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("inspection_incomplete");
    }

    @Test
    void refundsNothingOfWhatIsRefusedAsAWhole() {
        var back = record(bought(), ReturnReason.damaged, line(KURTA, 2));

        var looked = inspect(back.returnId(), taken(KURTA, 0, 2)).as(Return.class);

        assertThat(looked.status()).isEqualTo(ReturnStatus.refused);
        assertThat(looked.refund()).isEqualTo(Money.inr(0));
        assertThat(settle(back.returnId()).problem().code()).isEqualTo("not_inspected");
    }

    @Test
    void settlesOnce() {
        var back = record(bought(), ReturnReason.damaged, line(KURTA, 2));
        assertThat(settle(back.returnId()).problem().code()).isEqualTo("not_inspected");
        inspect(back.returnId(), taken(KURTA, 2, 0));

        var settled = settle(back.returnId()).as(Return.class);

        assertThat(settled.status()).isEqualTo(ReturnStatus.refunded);
        assertThat(settle(back.returnId()).as(Return.class)).isEqualTo(settled);
    }

    @Test
    void letsPiecesOfAReturnThatNeverCameBeReturnedAnew() {
        var order = bought();
        var back = record(order, ReturnReason.damaged, line(KURTA, 2));

        assertThat(closing(back.returnId(), Closing.not_received)
                        .as(ReturnState.class)
                        .status())
                .isEqualTo(ReturnStatus.not_received);
        assertThat(closing(back.returnId(), Closing.not_received).status()).isEqualTo(200);

        assertThat(inspect(back.returnId(), taken(KURTA, 2, 0)).problem().code())
                .isEqualTo("return_closed");
        assertThat(record(order, ReturnReason.damaged, line(KURTA, 2)).refund()).isEqualTo(back.refund());
    }

    @Test
    void closesNothingThatWasInspected() {
        var back = record(bought(), ReturnReason.damaged, line(KURTA, 2));
        inspect(back.returnId(), taken(KURTA, 2, 0));

        assertThat(closing(back.returnId(), Closing.cancelled).problem().code()).isEqualTo("return_inspected");
    }

    @Test
    void answersCancelledToAReturnThatWasClosedBeforeItCame() {
        var order = bought();
        var quote = quote(order, ReturnReason.damaged, line(KURTA, 1)).as(ReturnQuote.class);
        var wanted = wanted(order, quote, ReturnReason.damaged);

        assertThat(closing(wanted.returnId(), Closing.cancelled).status()).isEqualTo(200);
        assertThat(send(wanted).as(Return.class).status()).isEqualTo(ReturnStatus.cancelled);
        assertThat(send(wanted).as(Return.class).status()).isEqualTo(ReturnStatus.cancelled);

        assertThat(client.get("/returns/" + wanted.returnId()).problem().code()).isEqualTo("unknown_return");
        assertThat(order(order).returns()).isEmpty();
        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 2)).status()).isEqualTo(200);
    }

    @Test
    void countsTheDaysFromTheDelivery() {
        var order = bought();
        pass(Duration.ofDays(29));
        client.withKey(key())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(OrderStatus.shipped, Optional.empty(), Optional.empty()));
        client.withKey(key())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(OrderStatus.delivered, Optional.empty(), Optional.empty()));
        pass(Duration.ofDays(29));
        var late = quote(order, ReturnReason.changed_mind, line(KURTA, 1)).as(ReturnQuote.class);
        pass(Duration.ofDays(1).plusSeconds(1));

        assertThat(quote(order, ReturnReason.changed_mind, line(KURTA, 1))
                        .problem()
                        .code())
                .isEqualTo("window_over");
        assertThat(send(wanted(order, late, ReturnReason.changed_mind)).status())
                .as("what was quoted in time")
                .isEqualTo(201);
        pass(Duration.ofDays(2));
        var shawl = quote(bought(), ReturnReason.changed_mind, line(SHAWL, 1)).as(ReturnQuote.class);
        assertThat(send(new RecordReturn(
                                id(),
                                order,
                                ASHA,
                                new QuoteId("quote-1"),
                                ReturnReason.changed_mind,
                                List.of(line(SHAWL, 1)),
                                shawl.fee(),
                                shawl.refund(),
                                Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("window_over");
    }

    @Test
    void countsTheDaysFromTheOrderWhereNoDeliveryIsKnown() {
        var order = bought();
        pass(Duration.ofDays(30).plusSeconds(1));

        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 1)).problem().code())
                .isEqualTo("window_over");
    }

    @Test
    void takesBackAFinalSaleOnlyWhenTheShopIsAtFault() {
        var rules = rules(new ReturnRule("sarees", 10, true, Money.inr(0), Optional.of(Money.inr(0))))
                .as(ReturnRules.class);
        assertThat(rules.rules()).extracting(ReturnRule::category).containsExactly("*", "sarees");
        assertThat(client.get("/return-rules").as(ReturnRules.class)).isEqualTo(rules);
        var order = bought();
        var saree = new ReturnLine(KURTA, 1, Optional.of("Sarees"));

        assertThat(quote(order, ReturnReason.does_not_fit, saree).problem().code())
                .isEqualTo("final_sale");
        assertThat(quote(order, ReturnReason.wrong_item, saree).status()).isEqualTo(200);
    }

    @Test
    void neverTakesAFeeThatIsHigherThanTheRefund() {
        rules(new ReturnRule("gifts", 30, false, Money.inr(900_000), Optional.of(Money.inr(0))));

        var quote = quote(bought(), ReturnReason.changed_mind, new ReturnLine(SHAWL, 1, Optional.of("gifts")))
                .as(ReturnQuote.class);

        assertThat(quote.refund()).isEqualTo(Money.inr(0));
    }

    @Test
    void refusesRulesThatCannotBeUsed() {
        assertThat(rules(new ReturnRule("Shoes", 30, false, Money.inr(0), Optional.of(Money.inr(0))))
                        .problem()
                        .code())
                .isEqualTo("rules_unusable");
        assertThat(rules(new ReturnRule("*", 30, false, Money.inr(0), Optional.of(Money.inr(0))))
                        .problem()
                        .code())
                .isEqualTo("rules_unusable");
        assertThat(rules(new ReturnRule("shoes", 30, false, Money.inr(-1), Optional.of(Money.inr(0))))
                        .status())
                .isGreaterThanOrEqualTo(400);
        assertThat(client.withKey(key())
                        .put(
                                "/return-rules",
                                new ReturnRules(List.of(
                                        new ReturnRule("shoes", 30, false, Money.inr(0), Optional.of(Money.inr(0))))))
                        .problem()
                        .code())
                .as("without a rule for all others")
                .isEqualTo("rules_unusable");
    }

    @Test
    void knowsNobodysOrderButTheCustomersOwn() {
        var order = bought();

        assertThat(client.post(
                                "/return-quotes",
                                new QuoteReturn(
                                        new CustomerId("cust-other"),
                                        order,
                                        ReturnReason.damaged,
                                        List.of(line(KURTA, 1)),
                                        Optional.empty()))
                        .problem()
                        .code())
                .isEqualTo("unknown_order");
        assertThat(quote(order, ReturnReason.damaged, line(new Sku("P-9"), 1))
                        .problem()
                        .code())
                .isEqualTo("not_in_order");
        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 1), line(KURTA, 1))
                        .problem()
                        .code())
                .isEqualTo("not_in_order");
    }

    @Test
    void takesNothingBackOfAnOrderThatWasNotBought() {
        var order = ordered();

        assertThat(quote(order, ReturnReason.damaged, line(KURTA, 1)).problem().code())
                .isEqualTo("not_returnable_yet");
    }

    private static ReturnId claimed(OrderId order, int kurtas) {
        var quote = quote(order, ReturnReason.warranty, line(KURTA, kurtas)).as(ReturnQuote.class);
        return send(wanted(order, quote, ReturnReason.warranty))
                .as(Return.class)
                .returnId();
    }

    private static Answer inspect(ReturnId id, Remedy remedy, InspectedLine... lines) {
        return client.withKey(key())
                .post(
                        "/returns/" + id + "/inspection",
                        new InspectReturn("staff-ravi", List.of(lines), Optional.of(remedy)));
    }

    private static Answer choose(ReturnId id, Remedy remedy, Remedy insteadOf) {
        return client.withKey(key())
                .post("/returns/" + id + "/remedy", new ChooseRemedy(remedy, insteadOf, "staff-ravi"));
    }

    private static Answer sentBack(ReturnId id, String trackingId) {
        return client.withKey(key()).post("/returns/" + id + "/sent-back", new RecordSentBack(trackingId));
    }

    private static void pass(Duration time) {
        NOW.updateAndGet(now -> now.plus(time));
    }

    private static void deliver(OrderId order) {
        for (var status : List.of(OrderStatus.shipped, OrderStatus.delivered)) {
            client.withKey(key())
                    .post(
                            "/orders/" + order + "/transitions",
                            new TransitionOrder(status, Optional.empty(), Optional.empty()));
        }
    }

    private static List<WarrantedLine> warranties(OrderId order) {
        return client.post("/warranties", new GetWarranties(Optional.of(order), ASHA))
                .as(Warranties.class)
                .pieces();
    }

    private static OrderId bought() {
        var order = ordered();
        client.withKey(key())
                .post(
                        "/orders/" + order + "/transitions",
                        new TransitionOrder(OrderStatus.confirmed, Optional.empty(), Optional.empty()));
        return order;
    }

    private static OrderId ordered() {
        var order = new OrderId("ord-" + UUID.randomUUID());
        client.withKey(key())
                .post(
                        "/orders",
                        new RecordOrder(
                                order,
                                ASHA,
                                new ConversationId("conv-1"),
                                new QuoteId("quote-1"),
                                "web",
                                List.of(
                                        new PricedLine(
                                                KURTA,
                                                new ProductId("P-1"),
                                                "Cotton kurta",
                                                "M",
                                                "blue",
                                                2,
                                                Money.inr(129_900)),
                                        new PricedLine(
                                                SHAWL,
                                                new ProductId("P-2"),
                                                "Wool shawl",
                                                "ONE",
                                                "red",
                                                1,
                                                Money.inr(50_000))),
                                Money.inr(10_000),
                                Money.inr(9_900),
                                Money.inr(0),
                                Money.inr(PAID_FOR_GOODS + 9_900),
                                new Address("Asha Rao", "12 MG Road", "Bengaluru", "560001"),
                                "standard",
                                LocalDate.of(2026, 12, 1),
                                Optional.empty(),
                                Optional.of(List.of(new LineWarranty(KURTA, 12)))));
        return order;
    }

    /** This rule beside the one for all others. */
    private static Answer rules(ReturnRule rule) {
        return client.withKey(key())
                .put(
                        "/return-rules",
                        new ReturnRules(List.of(
                                new ReturnRule("*", 30, false, Money.inr(FEE), Optional.of(Money.inr(0))), rule)));
    }

    private static List<Line> spokenFor(OrderId order) {
        return order(order).returns().getFirst().spokenFor().orElseThrow();
    }

    private static Order order(OrderId order) {
        return client.get("/orders/" + order).as(Order.class);
    }

    private static ReturnLine line(Sku sku, int quantity) {
        return new ReturnLine(sku, quantity, Optional.empty());
    }

    private static InspectedLine taken(Sku sku, int accepted, int refused) {
        return new InspectedLine(
                sku, accepted, refused, refused == 0 ? Optional.empty() : Optional.of(ReturnRefusal.worn));
    }

    private static Answer quote(OrderId order, ReturnReason reason, ReturnLine... lines) {
        return client.post("/return-quotes", new QuoteReturn(ASHA, order, reason, List.of(lines), Optional.empty()));
    }

    private static Return record(OrderId order, ReturnReason reason, ReturnLine... lines) {
        return send(wanted(order, quote(order, reason, lines).as(ReturnQuote.class), reason))
                .as(Return.class);
    }

    private static RecordReturn wanted(OrderId order, ReturnQuote quote, ReturnReason reason) {
        return new RecordReturn(
                id(),
                order,
                ASHA,
                new QuoteId("quote-1"),
                reason,
                quote.lines().stream()
                        .map(line -> line(line.sku(), line.quantity()))
                        .toList(),
                quote.fee(),
                quote.refund(),
                Optional.empty());
    }

    private static Answer send(RecordReturn wanted) {
        return client.withKey(key()).post("/returns", wanted);
    }

    private static Answer inspect(ReturnId id, InspectedLine... lines) {
        return client.withKey(key())
                .post("/returns/" + id + "/inspection", new InspectReturn("staff-ravi", List.of(lines)));
    }

    private static Answer closing(ReturnId id, Closing to) {
        return client.withKey(key()).post("/returns/" + id + "/close", new CloseReturn(to));
    }

    private static Answer settle(ReturnId id) {
        return client.withKey(key())
                .post("/returns/" + id + "/settle", new SettleReturn(Settlement.original_method, Optional.empty()));
    }

    private static ReturnId id() {
        return new ReturnId("RT-" + UUID.randomUUID());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
