package io.journeyman.workflows;

import static io.journeyman.workflows.Shop.CARD;
import static io.journeyman.workflows.Shop.waitUntil;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.activities.conversation.JourneyNews;
import io.journeyman.activities.conversation.JourneyStatus;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.ReviewRule;
import io.journeyman.workflows.checkout.Checkout;
import io.journeyman.workflows.delivery.Delivery;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeliveryTest {
    private final Shop shop = new Shop();
    private final World world = shop.world;
    private Delivery delivery;

    /** Days after the delivery, to which time that is skipped may run on. */
    @BeforeEach
    void asksForNoReview() {
        world.reviewRule = new ReviewRule(false, 0);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void beginsWithTheConfirmationOfItsOrder() {
        world.packs(1);

        assertThat(shop.checkout("o1")
                        .checkout(shop.order("o1", Optional.of(CARD)))
                        .status())
                .isEqualTo(JourneyStatus.completed);

        waitUntil(() -> shop.exists("delivery-o1") && world.calls.contains("sendShipment"));
        assertThat(world.told()).containsExactly("order_confirmed");
    }

    @Test
    void bringsDownNoOrderWhenItCannotBegin() {
        world.refused.put("sendShipment", 1_000);

        assertThat(shop.checkout("o1")
                        .checkout(shop.order("o1", Optional.of(CARD)))
                        .status())
                .isEqualTo(JourneyStatus.completed);
        waitUntil(() -> shop.exists("delivery-o1"));
        delivery = started();
        waitUntil(() -> delivery.progress().code().equals("delivery_out_of_sight"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.needs_staff);
        assertThat(world.told()).containsExactly("order_confirmed");

        world.packs(1);
        world.refused.clear();
        assertThat(delivery.retryNow()).isEqualTo("retrying");
        waitUntil(() -> delivery.progress().code().equals("in_sight_again"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
    }

    @Test
    void beginsLaterWhenItCouldNotBeginWithTheConfirmation() {
        world.packs(1);
        world.refused.put("startDelivery", 1);
        var checkout = shop.checkout("o1");
        WorkflowClient.start(checkout::checkout, shop.order("o1", Optional.of(CARD)));
        waitUntil(() -> checkout.progress().code().equals("parcels_not_sent"));
        assertThat(checkout.progress().status()).isEqualTo(JourneyStatus.needs_staff);
        assertThat(world.told()).containsExactly("order_confirmed");
        assertThat(shop.exists("delivery-o1")).isFalse();

        assertThat(checkout.retryNow()).isEqualTo("retrying");

        assertThat(WorkflowStub.fromTyped(checkout)
                        .getResult(Checkout.OrderResult.class)
                        .status())
                .isEqualTo(JourneyStatus.completed);
        assertThat(checkout.progress().code()).isEqualTo("order_confirmed");
        waitUntil(() -> shop.exists("delivery-o1") && world.calls.contains("sendShipment"));
    }

    @Test
    void endsWithTheLastParcelThatIsStillSent() {
        start(2);
        world.cancelParcel(1);
        tell(2, "a", ParcelEventStatus.handed_over);
        waitUntil(() -> world.orders.get("o1") == OrderStatus.shipped);
        tell(2, "b", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.orders).containsEntry("o1", OrderStatus.delivered);
    }

    @Test
    void tellsEachThingOnceAndRecordsItWithTheOrder() {
        start(1);
        tell(1, "a", ParcelEventStatus.handed_over);
        tell(1, "b", ParcelEventStatus.in_transit);
        tell(1, "c", ParcelEventStatus.out_for_delivery);
        waitUntil(() -> world.orders.get("o1") == OrderStatus.shipped);
        tell(1, "d", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("shipped", "out_for_delivery", "delivered");
        assertThat(world.orders).containsEntry("o1", OrderStatus.delivered);
        assertThat(world.news).extracting(JourneyNews::status).last().isEqualTo(JourneyStatus.completed);
    }

    @Test
    void tellsInTurnWhatCameInAtOnce() {
        world.packs(1);
        at(3, "c", ParcelEventStatus.out_for_delivery);
        at(1, "a", ParcelEventStatus.handed_over);
        at(4, "d", ParcelEventStatus.delivered);

        start(1);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("shipped", "out_for_delivery", "delivered");
    }

    @Test
    void isSilentAboutWhatTheCustomerKnowsToBeOver() {
        start(1);
        at(5, "c", ParcelEventStatus.out_for_delivery);
        look();
        waitUntil(() -> world.told().contains("out_for_delivery"));
        at(1, "a", ParcelEventStatus.handed_over);
        look();
        at(6, "d", ParcelEventStatus.delivered);
        look();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("out_for_delivery", "delivered");
    }

    @Test
    void looksWhenTheCarrierExpectsNews() {
        world.newsExpectedAt = Optional.of(shop.now().plusSeconds(30));
        start(1);
        waitUntil(() -> world.calls.contains("sendShipment"));
        at(0, "a", ParcelEventStatus.handed_over);

        shop.temporal.sleep(Duration.ofSeconds(40));

        waitUntil(() -> world.told().contains("shipped"));
    }

    @Test
    void looksLessAndLessOftenWhenExpectedNewsDoesNotCome() {
        world.newsExpectedAt = Optional.of(shop.now());
        start(1);
        waitUntil(() -> world.calls.contains("sendShipment"));

        shop.temporal.sleep(Duration.ofHours(12));

        waitUntil(() -> looks() > 8);
        assertThat(looks()).isLessThan(20);
    }

    @Test
    void looksByItselfWhenNobodyTellsIt() {
        start(1);
        waitUntil(() -> world.calls.contains("sendShipment"));
        at(0, "a", ParcelEventStatus.handed_over);

        shop.temporal.sleep(Duration.ofMinutes(16));

        waitUntil(() -> world.told().contains("shipped"));
    }

    @Test
    void namesEachOfSeveralParcelsAndEndsWithTheLast() {
        start(2);
        tell(1, "a", ParcelEventStatus.delivered);
        waitUntil(() -> world.told().size() == 1);
        assertThat(world.news.getFirst().facts())
                .containsEntry("parcel", "1")
                .containsEntry("parcels", "2")
                .containsEntry("parcelId", "TRACK-1-1");
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        waitUntil(() -> world.orders.get("o1") == OrderStatus.shipped);

        tell(2, "b", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("delivered", "delivered");
        assertThat(world.news.getLast().facts()).containsEntry("parcel", "2");
    }

    @Test
    void tellsOfNoParcelTwiceWhenTheLastOneIsCancelled() {
        world.packs(1);
        world.awaits(2, day().plusDays(10));
        start(2);
        waitUntil(() -> delivery.progress().code().equals("awaited"));
        tell(1, "a", ParcelEventStatus.delivered);
        waitUntil(() -> world.told().contains("delivered"));

        world.cancelParcel(2);
        look();

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("delivered", "rest_delivered");
    }

    @Test
    void tellsTheNewDayOfWhatIsDelayed() {
        start(1);
        var later = LocalDate.ofInstant(shop.now(), ZoneOffset.UTC).plusDays(9);
        world.carrierTells(
                1,
                new ParcelEvent(
                        "a", ParcelEventStatus.delayed, shop.now(), Optional.of("weather"), Optional.of(later)));
        look();

        waitUntil(() -> world.told().contains("parcel_delayed"));
        assertThat(world.news.getLast().facts())
                .containsEntry("due", later.toString())
                .containsEntry("because", "weather");
    }

    @Test
    void callsStaffWhenADeliveryFailedAndGoesOnWhenItIsTriedAgain() {
        start(1);
        tell(1, "a", ParcelEventStatus.delivery_failed);
        waitUntil(() -> world.told().contains("delivery_failed"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.needs_staff);
        assertThat(delivery.progress().waitingFor()).isEqualTo("staff");

        tell(1, "b", ParcelEventStatus.out_for_delivery);
        waitUntil(() -> world.told().contains("out_for_delivery"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        tell(1, "c", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("delivery_failed", "out_for_delivery", "delivered");
    }

    @Test
    void endsWhenStaffHaveSettledAFailedDelivery() {
        start(1);
        assertThat(delivery.cancel("lost")).isEqualTo("too_late");
        tell(1, "a", ParcelEventStatus.delivery_failed);
        waitUntil(() -> world.told().contains("delivery_failed"));

        assertThat(delivery.cancel("refunded by hand")).isEqualTo("cancelling");

        assertThat(result()).isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).containsExactly("delivery_failed", "undelivered");
    }

    @Test
    void callsStaffOnceWhenAParcelDoesNotComeAndGivesUpInTheEnd() {
        start(1);

        shop.temporal.sleep(Duration.ofDays(6));
        waitUntil(() -> world.told().contains("delivery_overdue"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.needs_staff);

        assertThat(result()).isEqualTo(JourneyStatus.failed);
        assertThat(world.told()).containsExactly("delivery_overdue", "undelivered");
        assertThat(world.orders).doesNotContainKey("o1");
    }

    @Test
    void callsStaffForOneLateParcelThoughAnotherComesMuchLater() {
        world.packs(1);
        world.awaits(2, day().plusDays(60));
        start(2);
        waitUntil(() -> delivery.progress().code().equals("awaited"));

        shop.temporal.sleep(Duration.ofDays(6));
        waitUntil(() -> world.told().contains("delivery_overdue"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.needs_staff);
        assertThat(delivery.progress().until().orElseThrow()).isAfter(shop.now().plus(Duration.ofDays(60)));
        assertThat(world.news.getLast().facts()).containsEntry("parcel", "1").containsEntry("parcels", "2");
        shop.temporal.sleep(Duration.ofDays(6));

        tell(1, "a", ParcelEventStatus.delivered);
        waitUntil(() -> world.told().contains("delivered"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        assertThat(world.told()).containsExactly("delivery_overdue", "delivered");
    }

    @Test
    void callsStaffAgainForAnotherLateParcelAndGoesOnCallingForOneThatOnlyMoves() {
        var later = day().plusDays(20);
        world.packs(2);
        world.carrierTells(
                2,
                new ParcelEvent(
                        "a", ParcelEventStatus.delayed, shop.now(), Optional.of("weather"), Optional.of(later)));
        start(2);
        waitUntil(() -> world.told().contains("parcel_delayed"));
        shop.temporal.sleep(Duration.ofDays(6));
        waitUntil(() -> world.told().contains("delivery_overdue"));

        tell(1, "b", ParcelEventStatus.handed_over);
        waitUntil(() -> world.told().contains("shipped"));
        waitUntil(() -> delivery.progress().status() == JourneyStatus.needs_staff);
        tell(1, "c", ParcelEventStatus.delivered);
        waitUntil(() -> world.told().contains("delivered"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        shop.temporal.sleep(Duration.ofDays(20));
        waitUntil(() -> delivery.progress().status() == JourneyStatus.needs_staff);

        tell(2, "d", ParcelEventStatus.delivered);
        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told())
                .containsExactly(
                        "parcel_delayed", "delivery_overdue", "shipped", "delivered", "delivery_overdue", "delivered");
    }

    @Test
    void endsWithACancelledShipment() {
        world.packs(1);
        world.parcels.put("o1", "cancelled");
        start(1);

        assertThat(result()).isEqualTo(JourneyStatus.cancelled);
        assertThat(world.told()).containsExactly("delivery_cancelled");
    }

    @Test
    void recordsSoonAfterwardsWhatTheOrdersRecordDidNotTake() {
        start(1);
        long began = shop.temporal.currentTimeMillis();
        world.refused.put("transitionOrder", 3);
        tell(1, "a", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(Duration.ofMillis(shop.temporal.currentTimeMillis() - began)).isLessThan(Duration.ofMinutes(10));
        assertThat(world.told()).containsExactly("delivered");
        assertThat(world.orders).containsEntry("o1", OrderStatus.delivered);
    }

    @Test
    void whatIsHereGoesAtOnceAndWhatIsToComeWhenItIsHere() {
        var due = day().plusDays(10);
        world.packs(1);
        world.awaits(2, due);
        start(2);
        tell(1, "a", ParcelEventStatus.delivered);
        waitUntil(() -> world.orders.get("o1") == OrderStatus.shipped);
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
        assertThat(delivery.progress().waitingFor()).isEqualTo("delivery");

        shop.temporal.sleep(Duration.ofDays(10));
        world.comes(2);
        look();
        waitUntil(() -> world.told().contains("awaited_here"));
        assertThat(delivery.progress().waitingFor()).isEqualTo("carrier");
        tell(2, "b", ParcelEventStatus.handed_over);
        tell(2, "c", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("delivered", "awaited_here", "shipped", "delivered");
        assertThat(world.orders).containsEntry("o1", OrderStatus.delivered);
    }

    @Test
    void whoWaitsHearsOfEachNewDayOnce() {
        var due = day().plusDays(10);
        world.awaits(1, due);
        start(1);
        waitUntil(() -> delivery.progress().code().equals("awaited"));
        assertThat(delivery.progress().waitingFor()).isEqualTo("delivery");
        look();
        world.awaits(1, due.plusDays(5));
        look();
        look();
        world.awaits(1, due.plusDays(2));
        look();
        waitUntil(() -> world.told().size() == 2);

        assertThat(world.told()).containsExactly("awaited_moved", "awaited_sooner");
        assertThat(delivery.progress().waitingFor()).isEqualTo("delivery");
        assertThat(world.news.getFirst().facts())
                .containsEntry("expected", due.plusDays(5).toString())
                .containsEntry("due", due.plusDays(7).toString());
    }

    @Test
    void asksWhoWaitsForWhatDoesNotComeAndGoesOnWhenItIsAnnouncedAgain() {
        var due = day().plusDays(10);
        world.awaits(1, due);
        start(1);
        waitUntil(() -> delivery.progress().code().equals("awaited"));
        world.callsOff(1);
        look();
        waitUntil(() -> world.told().contains("awaited_called_off"));
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_customer);
        look();

        world.awaits(1, due);
        look();
        waitUntil(() -> world.told().contains("awaited_moved"));

        assertThat(world.told()).containsExactly("awaited_called_off", "awaited_moved");
        assertThat(delivery.progress().status()).isEqualTo(JourneyStatus.waiting_for_agent);
    }

    @Test
    void endsWhenWhatWasToComeIsCancelled() {
        world.packs(1);
        world.awaits(2, day().plusDays(10));
        start(2);
        waitUntil(() -> delivery.progress().code().equals("awaited"));
        world.cancelParcel(2);
        tell(1, "a", ParcelEventStatus.delivered);

        assertThat(result()).isEqualTo(JourneyStatus.completed);
        assertThat(world.told()).containsExactly("delivered");
    }

    @Test
    void looksEachHourFromTheDayOnWhichItIsDue() {
        world.awaits(1, day().plusDays(10));
        start(1);
        waitUntil(() -> delivery.progress().code().equals("awaited"));

        shop.temporal.sleep(Duration.ofDays(9));
        int before = looks();
        shop.temporal.sleep(Duration.ofDays(2));

        assertThat(before).isLessThan(50);
        waitUntil(() -> looks() > before + 20);
    }

    private LocalDate day() {
        return LocalDate.ofInstant(shop.now(), ZoneOffset.UTC);
    }

    private void start(int parcels) {
        world.packs(parcels);
        delivery = shop.delivery("o1");
        WorkflowClient.start(delivery::deliver, shop.parcelsOf("o1"));
    }

    private Delivery started() {
        return shop.temporal.getWorkflowClient().newWorkflowStub(Delivery.class, "delivery-o1");
    }

    private void tell(int parcel, String event, ParcelEventStatus status) {
        world.carrierTells(parcel, new ParcelEvent(event, status, later(), Optional.empty(), Optional.empty()));
        look();
    }

    private Instant last = Instant.EPOCH;

    /** Each is later than the one before, however quick the test is. */
    private Instant later() {
        last = shop.now().isAfter(last) ? shop.now() : last.plusMillis(1);
        return last;
    }

    private void at(int second, String event, ParcelEventStatus status) {
        world.carrierTells(
                1,
                new ParcelEvent(
                        event,
                        status,
                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(second),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Until it has looked. */
    private void look() {
        int looks = looks();
        delivery.parcelMoved();
        waitUntil(() -> looks() > looks);
    }

    private int looks() {
        return (int) List.copyOf(world.calls).stream()
                .filter(call ->
                        List.of("parcels", "sendShipment", "tellAwaited").contains(call))
                .count();
    }

    private JourneyStatus result() {
        return WorkflowStub.fromTyped(delivery).getResult(JourneyStatus.class);
    }
}
