package io.journeyman.fulfillment.move;

import static io.journeyman.fulfillment.TestShop.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.AddressChangeId;
import io.journeyman.contracts.Fulfillment.AddressChange;
import io.journeyman.contracts.Fulfillment.AddressChangeQuote;
import io.journeyman.contracts.Fulfillment.AwaitedLine;
import io.journeyman.contracts.Fulfillment.AwaitedPieces;
import io.journeyman.contracts.Fulfillment.ChangeAddress;
import io.journeyman.contracts.Fulfillment.Parcel;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.Fulfillment.ParcelLine;
import io.journeyman.contracts.Fulfillment.QuoteAddressChange;
import io.journeyman.contracts.Fulfillment.Shipment;
import io.journeyman.contracts.Fulfillment.ShippedLine;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Sku;
import io.journeyman.fulfillment.TestShop;
import io.journeyman.testing.ContractClient.Answer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each shipment here is to go to Bengaluru, where the warehouse is, by the day after tomorrow. */
@Timeout(120)
class MoveTest {
    private static final Address NEAR = new Address("Meera Nair", "7 Brigade Road", "Bengaluru", "560025");
    private static final Address FAR = new Address("Meera Nair", "4 Park Street", "Kolkata", "700016");

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.open();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void saysByWhenItComesAndWhatTheSameDeliveryCosts() {
        var shipment = sent("standard");

        var near = quote(shipment, NEAR, Money.inr(100_000)).as(AddressChangeQuote.class);
        var far = quote(shipment, FAR, Money.inr(100_000)).as(AddressChangeQuote.class);
        var free = quote(shipment, FAR, Money.inr(300_000)).as(AddressChangeQuote.class);

        assertThat(near.fee()).isEqualTo(near.feeBefore());
        assertThat(near.promisedDate()).isEqualTo(TestShop.QUOTED);
        assertThat(far.fee().minor()).isGreaterThan(far.feeBefore().minor());
        assertThat(far.promisedDate()).isAfter(TestShop.QUOTED);
        assertThat(free.fee()).isEqualTo(Money.inr(0));
    }

    @Test
    void goesThereOnceForItsChangeAndPromisesEachParcelAnew() {
        var shipment = sent("standard");
        var wanted = new ChangeAddress(id(), tracking(shipment), FAR);

        var first = change(wanted);
        var again = change(wanted);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.as(AddressChange.class).orderId()).isEqualTo(shipment.orderId());
        assertThat(again.as(AddressChange.class)).isEqualTo(first.as(AddressChange.class));
        var stands = shop.shipment(shipment.orderId());
        assertThat(stands.promisedDate()).contains(first.as(AddressChange.class).promisedDate());
        assertThat(stands.parcels()).extracting(Parcel::promisedDate).allMatch(day -> day.isAfter(TestShop.QUOTED));
        assertThat(quote(shipment, FAR, Money.inr(100_000))
                        .as(AddressChangeQuote.class)
                        .feeBefore())
                .as("it goes there now")
                .isEqualTo(quote(shipment, FAR, Money.inr(100_000))
                        .as(AddressChangeQuote.class)
                        .fee());
        assertThat(change(new ChangeAddress(wanted.changeId(), tracking(sent("standard")), FAR))
                        .problem()
                        .code())
                .isEqualTo("change_differs");
    }

    @Test
    void goesElsewhereAsFarAsItHasNotLeft() {
        var shipment = sent("standard");
        leaves(shipment);
        var wanted = new ChangeAddress(id(), tracking(shipment), FAR);
        var staying = List.of(new ParcelLine(new Sku("B"), 1));

        var quoted = quote(shipment, FAR, Money.inr(100_000)).as(AddressChangeQuote.class);
        var first = change(wanted).as(AddressChange.class);
        leaves(shipment, 1);
        var again = change(wanted).as(AddressChange.class);

        assertThat(quoted.staying()).contains(staying);
        assertThat(first.staying()).contains(staying);
        assertThat(first.promisedDate()).isEqualTo(quoted.promisedDate()).isAfter(TestShop.QUOTED);
        assertThat(again).isEqualTo(first);
        var stands = shop.shipment(shipment.orderId());
        assertThat(stands.promisedDate()).contains(first.promisedDate());
        assertThat(stands.parcels())
                .extracting(Parcel::goesTo)
                .containsExactly(Optional.of("Bengaluru 560001"), Optional.of("Kolkata 700016"));
        assertThat(stands.parcels())
                .extracting(Parcel::promisedDate)
                .containsExactly(TestShop.QUOTED, first.promisedDate());
        assertThat(change(new ChangeAddress(id(), tracking(shipment), NEAR))
                        .problem()
                        .code())
                .as("all of it has left now")
                .isEqualTo("already_shipped");
    }

    @Test
    void goesElsewhereMoreThanOnce() {
        var shipment = sent("standard");
        leaves(shipment);
        change(new ChangeAddress(id(), tracking(shipment), FAR));

        var quoted = quote(shipment, NEAR, Money.inr(100_000)).as(AddressChangeQuote.class);
        var back = change(new ChangeAddress(id(), tracking(shipment), NEAR)).as(AddressChange.class);

        assertThat(quoted.feeBefore().minor())
                .as("it went far before")
                .isGreaterThan(quoted.fee().minor());
        assertThat(back.staying()).contains(List.of(new ParcelLine(new Sku("B"), 1)));
        assertThat(shop.shipment(shipment.orderId()).parcels())
                .extracting(Parcel::goesTo)
                .containsExactly(Optional.of("Bengaluru 560001"), Optional.of("Bengaluru 560025"));
    }

    @Test
    void isPromisedForItsNewAddressOnceItsPiecesAreHere() {
        var shipment = sent("standard", Optional.of(TestShop.QUOTED));
        leaves(shipment);
        change(new ChangeAddress(id(), tracking(shipment), FAR));

        var come = shop.once()
                .put(
                        "/shipments/" + shipment.orderId() + "/awaited",
                        new AwaitedPieces(List.of(new AwaitedLine(
                                new Sku("B"), Optional.of(new LocationId("WH-BLR")), Optional.empty()))))
                .as(Shipment.class);

        assertThat(come.parcels().getLast().awaitedOn()).isEmpty();
        assertThat(come.parcels().getLast().promisedDate())
                .isEqualTo(quote(sent("standard"), FAR, Money.inr(100_000))
                        .as(AddressChangeQuote.class)
                        .promisedDate());
    }

    @Test
    void isPromisedForItsNewAddressFromTheDayOnWhichItsPiecesAreDue() {
        var saturday = LocalDate.of(2026, 12, 12);
        var remote = new Address("Meera Nair", "1 Fort Road", "Guwahati", "781001");
        var shipment = sent("standard", Optional.of(saturday));

        var quoted = quote(shipment, remote, Money.inr(100_000)).as(AddressChangeQuote.class);
        var changed =
                change(new ChangeAddress(id(), tracking(shipment), remote)).as(AddressChange.class);

        // eight working days
        assertThat(quoted.promisedDate()).isEqualTo(LocalDate.of(2026, 12, 22));
        assertThat(changed.promisedDate()).isEqualTo(quoted.promisedDate());
        assertThat(shop.shipment(shipment.orderId()).parcels().getLast().promisedDate())
                .isEqualTo(quoted.promisedDate());
    }

    @Test
    void staysWhereItGoesOnceAllOfItHasLeft() {
        var shipment = sent("standard");
        leaves(shipment);
        leaves(shipment, 1);

        assertThat(quote(shipment, NEAR, Money.inr(100_000)).problem().code()).isEqualTo("already_shipped");
        assertThat(change(new ChangeAddress(id(), tracking(shipment), NEAR))
                        .problem()
                        .code())
                .isEqualTo("already_shipped");
    }

    @Test
    void hasOneWinnerWhenTheCarrierComesAtTheSameMoment() throws Exception {
        for (int round = 0; round < 8; round++) {
            var shipment = sent("standard");
            Answer changed;
            try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var move =
                        pool.submit((Callable<Answer>) () -> change(new ChangeAddress(id(), tracking(shipment), FAR)));
                var go = pool.submit(() -> leaves(shipment));
                changed = move.get();
                go.get();
            }

            assertThat(changed.status() == 201 || changed.problem().code().equals("already_shipped"))
                    .isTrue();
            assertThat(shop.shipment(shipment.orderId())
                            .promisedDate()
                            .orElseThrow()
                            .isAfter(TestShop.QUOTED))
                    .isEqualTo(changed.status() == 201);
        }
    }

    @Test
    void refusesWhatCannotBeDeliveredThere() {
        var far = new Address("Meera Nair", "1 Fort Road", "Guwahati", "781001");

        assertThat(change(new ChangeAddress(id(), tracking(sent("express")), far))
                        .problem()
                        .code())
                .isEqualTo("option_gone");
        assertThat(quote(sent("standard"), new Address("Meera Nair", "1 Fort Road", "Kolkata", "560001"), Money.inr(1))
                        .problem()
                        .code())
                .isEqualTo("address_invalid");
        assertThat(change(new ChangeAddress(id(), "JMNOWHERE", NEAR)).problem().code())
                .isEqualTo("unknown_shipment");
    }

    @Test
    void isFoundByItsTrackingId() {
        var shipment = sent("standard");

        assertThat(shop.client()
                        .get("/shipments/by-tracking/" + tracking(shipment))
                        .as(Shipment.class)
                        .orderId())
                .isEqualTo(shipment.orderId());
        assertThat(shop.client()
                        .get("/shipments/by-tracking/JMNOWHERE")
                        .problem()
                        .code())
                .isEqualTo("unknown_shipment");
    }

    private static Shipment sent(String option) {
        return sent(option, Optional.empty());
    }

    /** @param awaited when the second piece comes, where it is not here */
    private static Shipment sent(String option, Optional<LocalDate> awaited) {
        var order = TestShop.newOrder();
        shop.ship(
                order,
                option,
                line("A", 1, "WH-BLR"),
                awaited.map(day -> new ShippedLine(new Sku("B"), 1, Optional.empty(), Optional.of(day)))
                        .orElseGet(() -> line("B", 1, "ST-BLR-1")));
        return shop.send(order).as(Shipment.class);
    }

    private static void leaves(Shipment shipment) {
        leaves(shipment, 0);
    }

    private static void leaves(Shipment shipment, int parcel) {
        shop.tell(shipment.parcels().get(parcel).parcelId(), ParcelEventStatus.handed_over);
    }

    private static Answer quote(Shipment shipment, Address address, Money goods) {
        return shop.client().post("/address-change-quotes", new QuoteAddressChange(tracking(shipment), address, goods));
    }

    private static Answer change(ChangeAddress wanted) {
        return shop.once().post("/address-changes", wanted);
    }

    private static String tracking(Shipment shipment) {
        return shipment.trackingId().orElseThrow();
    }

    private static AddressChangeId id() {
        return new AddressChangeId("AC-" + UUID.randomUUID());
    }
}
