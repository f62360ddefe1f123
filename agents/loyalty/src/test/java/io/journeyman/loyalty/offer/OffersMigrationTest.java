package io.journeyman.loyalty.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.contracts.Loyalty.SavingKind;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.db.Database;
import io.journeyman.db.Migrations;
import io.journeyman.db.Owner;
import io.journeyman.loyalty.OlderShop;
import io.journeyman.testing.TestPostgres;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A shop whose offers were of the first three kinds comes over with them and their uses. */
class OffersMigrationTest {
    private static final Owner LOYALTY = new Owner("loyalty");

    @Test
    void takesOverOffersAndWhoUsedThem() {
        String url = TestPostgres.freshDatabase();
        OlderShop.at(url, "3", """
                INSERT INTO offer (offer_id, kind, title, terms, coupon, percent, amount_minor, most_minor, threshold_minor,
                                   once_each, use_limit, used, valid_from, valid_until) VALUES
                    ('SAVE', 'amount_off', 'Save', '', NULL, NULL, 30000, NULL, 299900, false, NULL, 0, '2026-01-01', '2036-01-01'),
                    ('FIRST', 'first_order', 'First', '', NULL, 10, NULL, 40000, 0, true, NULL, 0, '2026-01-01', '2036-01-01'),
                    ('CODE', 'coupon', 'Code', '', 'CODE', 10, NULL, NULL, 0, true, 9, 1, '2026-01-01', '2036-01-01'),
                    ('RUSH', 'coupon', 'Rush', '', 'RUSH', 5, NULL, NULL, 0, false, 50, 1, '2026-01-01', '2036-01-01');
                INSERT INTO account (customer_id, opened_at) VALUES ('asha', now());
                INSERT INTO benefits (order_id, customer_id, status, opened_at, changed_at)
                    VALUES ('o-1', 'asha', 'reserved', now(), now());
                INSERT INTO offer_use (order_id, offer_id, customer_id, once_each) VALUES
                    ('o-1', 'CODE', 'asha', true), ('o-1', 'RUSH', 'asha', false);
                """);

        Migrations.migrate(url, LOYALTY, "kit");

        try (var database = Database.open(url, LOYALTY, 1)) {
            database.jdbi().useTransaction(handle -> {
                var table = handle.attach(OfferTable.class);
                NewOffer save = table.find("SAVE").orElseThrow().offer();
                NewOffer first = table.find("FIRST").orElseThrow().offer();
                OfferRule code = table.find("CODE").orElseThrow();
                assertThat(save.saving()).isEqualTo(SavingKind.amount);
                assertThat(save.amount()).hasValue(Money.inr(300_00));
                assertThat(save.threshold()).isEqualTo(Money.inr(2_999_00));
                assertThat(first.saving()).isEqualTo(SavingKind.percentage);
                assertThat(first.firstOrder()).isTrue();
                assertThat(first.usesPerCustomer()).hasValue(1);
                assertThat(code.offer().usesInAll()).hasValue(9);
                assertThat(code.used()).isEqualTo(1);
                assertThat(List.of(save, first, code.offer())).noneMatch(NewOffer::alone);

                var asha = new CustomerId("asha");
                handle.execute("""
                        INSERT INTO benefits (order_id, customer_id, status, opened_at, changed_at)
                        VALUES ('o-2', 'asha', 'reserved', now(), now())""");
                assertThat(table.note(
                                new OrderId("o-2"), asha, table.use("CODE").orElseThrow()))
                        .as("the one use that each customer has")
                        .isFalse();
                assertThat(table.note(
                                new OrderId("o-2"), asha, table.use("RUSH").orElseThrow()))
                        .isTrue();
                assertThat(table.withCoupon("CODE").map(OfferRule::id)).isEqualTo(Optional.of("CODE"));
            });
        }
    }
}
