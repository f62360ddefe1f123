package io.journeyman.loyalty.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.ImportedRow;
import io.journeyman.contracts.ImportedRow.Result;
import io.journeyman.contracts.ImportedRows;
import io.journeyman.contracts.Loyalty.Expiring;
import io.journeyman.contracts.Loyalty.ImportPoints;
import io.journeyman.contracts.Loyalty.PointsBalance;
import io.journeyman.contracts.Loyalty.PointsStatement;
import io.journeyman.contracts.Loyalty.Tier;
import io.journeyman.loyalty.TestShop;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Balances and tiers that customers bring along. */
class PointsImportTest {
    private static final LocalDate NEW_YEAR = LocalDate.of(2026, 12, 31);

    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = TestShop.empty();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void theLedgerAddsUp() {
        assertThat(shop.brokenAccounts()).isEmpty();
    }

    @Test
    void bringsABalanceInOnceHoweverOftenItComes() {
        var row = balance("cust-once", 250, Optional.empty(), Optional.of(NEW_YEAR));

        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.created));
        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.unchanged));

        assertThat(statement("cust-once").spendable()).isEqualTo(250);
        assertThat(statement("cust-once").expiring())
                .containsExactly(new Expiring(250, Instant.parse("2027-01-01T00:00:00Z")));
    }

    /** As it is written for never: the day after it has a year of five digits, which nobody can read. */
    @Test
    void theLastDayOfAllCanBeSaid() {
        var last = LocalDate.of(9999, 12, 31);
        var row = new PointsBalance(
                new CustomerId("cust-never"),
                250,
                Optional.empty(),
                Optional.of(last),
                Optional.empty(),
                Optional.of(Tier.gold),
                Optional.of(last));

        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.created));
        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.unchanged));

        assertThat(statement("cust-never").expiring())
                .containsExactly(new Expiring(250, Instant.parse("9999-12-31T23:59:59Z")));
        assertThat(statement("cust-never").tier().tier()).isEqualTo(Tier.gold);
    }

    @Test
    void refusesAnotherBalanceUnderTheSameNameAndAddsOneUnderANewName() {
        taken(balance("cust-more", 250, Optional.empty(), Optional.empty()));

        var results = taken(
                balance("cust-more", 300, Optional.empty(), Optional.empty()),
                balance("cust-more", 50, Optional.of("goodwill"), Optional.empty()),
                balance("cust-more", 50, Optional.of("late"), Optional.of(LocalDate.of(2020, 1, 1))));

        assertThat(results)
                .extracting(row ->
                        row.result() + row.field().map(field -> " " + field).orElse(""))
                .containsExactly("refused points", "created", "refused expiresOn");
        assertThat(statement("cust-more").spendable()).isEqualTo(300);
    }

    @Test
    void addsToWhatTheCustomerHasAlready() {
        var customer = shop.customer(100);

        taken(balance(customer.value(), 40, Optional.empty(), Optional.empty()));

        assertThat(shop.spendable(customer)).isEqualTo(140);
    }

    @Test
    void grantsATierUntilItsLastDay() {
        var row = new PointsBalance(
                new CustomerId("cust-gold"),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(7),
                Optional.of(Tier.gold),
                Optional.of(LocalDate.ofInstant(shop.now(), java.time.ZoneOffset.UTC)
                        .plusDays(1)));

        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.changed));
        assertThat(taken(row)).containsExactly(ImportedRow.of(Result.unchanged));

        assertThat(statement("cust-gold").tier().tier()).isEqualTo(Tier.gold);
        assertThat(statement("cust-gold").nextTier()).isEmpty();
        shop.pass(Duration.ofDays(2));
        assertThat(statement("cust-gold").tier().tier()).isEqualTo(Tier.bronze);
    }

    @Test
    void onlySaysWhatWouldComeOfIt() {
        var would = shop.client()
                .post(
                        "/points/import",
                        new ImportPoints(true, List.of(balance("cust-dry", 10, Optional.empty(), Optional.empty()))))
                .as(ImportedRows.class);

        assertThat(would.rows()).containsExactly(ImportedRow.of(Result.created));
        assertThat(statement("cust-dry").spendable()).isZero();
    }

    private static PointsBalance balance(
            String customer, long points, Optional<String> entry, Optional<LocalDate> expiresOn) {
        return new PointsBalance(
                new CustomerId(customer),
                points,
                entry,
                expiresOn,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static List<ImportedRow> taken(PointsBalance... rows) {
        return shop.client()
                .post("/points/import", new ImportPoints(false, List.of(rows)))
                .as(ImportedRows.class)
                .rows();
    }

    private static PointsStatement statement(String customer) {
        return shop.client().get("/customers/" + customer + "/points").as(PointsStatement.class);
    }
}
