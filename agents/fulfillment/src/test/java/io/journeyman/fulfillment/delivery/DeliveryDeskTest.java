package io.journeyman.fulfillment.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.kit.ProblemException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryDeskTest {
    private static final Instant TUESDAY_10_IST = Instant.parse("2026-11-24T04:30:00Z");
    private static final ShopPlace GERMANY = new ShopPlace("DE", ZoneId.of("Europe/Berlin"));
    private static final Money CHEAP = Money.inr(599_00);

    @ParameterizedTest
    @CsvSource({"560038, 4900, 9900", "400050, 7900, 14900", "302001, 9900, 19900"})
    void chargesByTheDistanceOfThePincode(String pincode, long standard, long express) {
        List<DeliveryOption> options = desk(TUESDAY_10_IST).options(to(pincode), CHEAP);

        assertThat(options).extracting(DeliveryOption::optionId).containsExactly("standard", "express");
        assertThat(options).extracting(DeliveryOption::fee).containsExactly(Money.inr(standard), Money.inr(express));
    }

    @Test
    void hasOneFeeForAllWhereTheShopSaysSo() {
        var desk = new DeliveryDesk(InstantSource.fixed(TUESDAY_10_IST), Tariffs.here(Optional.of(Money.inr(25_00))));

        for (String pincode : List.of("560038", "302001", "791111")) {
            assertThat(desk.options(to(pincode), Money.inr(5_000_00)))
                    .extracting(DeliveryOption::optionId, DeliveryOption::fee)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("standard", Money.inr(25_00)));
        }
        assertThat(desk.offers("express", to("560038"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"791111", "194101", "744101"})
    void offersNoExpressWhereNoExpressCarrierGoes(String pincode) {
        assertThat(desk(TUESDAY_10_IST).options(to(pincode), CHEAP))
                .extracting(DeliveryOption::optionId)
                .containsExactly("standard");
    }

    @Test
    void deliversFreeOnlyAbove1999Rupees() {
        DeliveryDesk desk = desk(TUESDAY_10_IST);

        assertThat(desk.options(to("560038"), Money.inr(1_999_00)).getFirst().fee())
                .isEqualTo(Money.inr(49_00));
        DeliveryOption above = desk.options(to("560038"), Money.inr(1_999_01)).getFirst();
        assertThat(above.fee()).isEqualTo(Money.inr(0));
        assertThat(above.label()).contains("free");
    }

    @ParameterizedTest
    @CsvSource({
        // Tuesday, before and after each cut-off in Indian time (+05:30)
        "2026-11-24T08:29:00Z, 2026-11-26, 2026-11-25",
        "2026-11-24T08:30:00Z, 2026-11-26, 2026-11-26",
        "2026-11-24T12:29:00Z, 2026-11-26, 2026-11-26",
        "2026-11-24T12:30:00Z, 2026-11-27, 2026-11-26",
        // Friday evening: leaves on Saturday, and Sunday is no working day
        "2026-11-27T15:00:00Z, 2026-12-01, 2026-11-30",
        // already Wednesday in India
        "2026-11-24T18:30:00Z, 2026-11-27, 2026-11-26",
        // Republic Day is a Monday here: Saturday evening waits until Tuesday
        "2026-01-24T15:00:00Z, 2026-01-29, 2026-01-28",
    })
    void promisesByCutOffAndWorkingDays(Instant now, LocalDate standard, LocalDate express) {
        assertThat(desk(now).options(to("560038"), CHEAP))
                .extracting(DeliveryOption::promisedDate)
                .containsExactly(standard, express);
    }

    @Test
    void expressIsNeverLaterThanStandardAndNeitherComesOnASunday() {
        var random = new Random(7);
        List<String> pincodes = List.of("560001", "110017", "226001", "791111", "411001");
        for (int i = 0; i < 2_000; i++) {
            Instant now = TUESDAY_10_IST.plusSeconds(random.nextInt(400 * 24 * 3600));
            List<DeliveryOption> options = desk(now).options(to(pincodes.get(i % pincodes.size())), CHEAP);

            assertThat(options)
                    .allMatch(option -> WorkingDays.in(ShopPlace.INDIA).isWorkingDay(option.promisedDate()));
            assertThat(options.getLast().promisedDate())
                    .isBeforeOrEqualTo(options.getFirst().promisedDate());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "56003", "5600388", "056003", "56OO38", "ABCDEF", "५६००३८"})
    void refusesAPincodeThatIsNone(String pincode) {
        assertThatThrownBy(() -> desk(TUESDAY_10_IST).options(to(pincode), CHEAP))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("address_invalid");
                    assertThat(e.problem().detail()).contains("six digits");
                    assertThat(e.problem().suggestions()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"900001", "998877", "661234"})
    void refusesAPincodeThatNobodyServes(String pincode) {
        assertThatThrownBy(() -> desk(TUESDAY_10_IST).options(to(pincode), CHEAP))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("address_invalid");
                    assertThat(e.problem().detail()).contains("No carrier");
                });
    }

    @Test
    void readsAPincodeWrittenInTwoGroups() {
        assertThat(desk(TUESDAY_10_IST).options(to(" 560 038 "), CHEAP)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // Tuesday in Berlin (+01:00), before and after the cut-off there; Friday evening, and Sunday is no working day
        "2026-11-24T16:59:00Z, 2026-11-27",
        "2026-11-24T17:00:00Z, 2026-11-28",
        "2026-11-27T18:00:00Z, 2026-12-02",
        // already Wednesday in India, not there
        "2026-11-24T18:30:00Z, 2026-11-28",
        // India's Republic Day is a Monday like any other there
        "2026-01-24T15:00:00Z, 2026-01-28",
    })
    void deliversElsewhereAtOneFeeWithinTheDaysThatTheShopSays(Instant now, LocalDate promised) {
        var desk = new DeliveryDesk(InstantSource.fixed(now), new Tariffs(GERMANY, Optional.of(Money.inr(4_90)), 3));

        assertThat(desk.options(new Address("Erika Muster", "Lindenstr. 4", "Berlin", " 10969 "), CHEAP))
                .singleElement()
                .isEqualTo(new DeliveryOption(
                        "standard", "Standard delivery", Money.inr(4_90), promised, Optional.empty()));
    }

    @Test
    void costsNothingElsewhereWhereTheShopSaysNothing() {
        var desk = new DeliveryDesk(InstantSource.fixed(TUESDAY_10_IST), new Tariffs(GERMANY, Optional.empty(), 3));

        assertThat(desk.options(new Address("Erika Muster", "Lindenstr. 4", "Berlin", "10969"), CHEAP))
                .extracting(DeliveryOption::fee)
                .containsExactly(Money.inr(0));
    }

    private static DeliveryDesk desk(Instant now) {
        return new DeliveryDesk(InstantSource.fixed(now), Tariffs.here(Optional.empty()));
    }

    private static Address to(String pincode) {
        return new Address("Asha Rao", "14, 12th Main Road", "Somewhere", pincode);
    }
}
