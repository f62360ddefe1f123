package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Staff give customers store credit. */
@ExtendWith(RunningShop.Opened.class)
class StoreCreditTest {
    private static final String PATH = "/v1/customers/cust-asha/credit-grants";
    private static final Map<String, Object> GRANT =
            Map.of("amount", Map.of("minor", 50_000, "currency", "INR"), "reason", "for the delay");

    private final RunningShop shop;

    StoreCreditTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void isGivenUnderOneNameHoweverOftenItIsSentAndTakenBack() throws Exception {
        var staff = shop.staff().with("Idempotency-Key", "grant-1");

        var first = staff.post(PATH, GRANT).tree();
        var again = staff.post(PATH, GRANT).tree();

        assertThat(first.path("status").asText()).isEqualTo("granted");
        assertThat(again).isEqualTo(first);
        var taken = shop.staff()
                .post(PATH + "/" + first.path("grantId").asText() + "/take-back", Map.of("reason", "a mistake"));
        assertThat(taken.tree().path("status").asText()).isEqualTo("taken_back");
        assertThat(shop.query("SELECT action || ' ' || reason FROM conversation.staff_action"))
                .anyMatch(action -> action.contains("grant ₹500 to cust-asha") && action.contains("for the delay"))
                .anyMatch(action -> action.contains("take credit of cust-asha back") && action.contains("a mistake"));
    }

    @Test
    void isLookedAtByStaffOnly() throws Exception {
        assertThat(shop.customer().get("/v1/customers/cust-asha/credit").refusal())
                .isEqualTo("403 staff_only");
        assertThat(shop.staff()
                        .get("/v1/customers/cust-asha/credit")
                        .tree()
                        .at("/expiring/0/at")
                        .asText())
                .isEqualTo("2030-06-30T18:30:00Z");
    }

    @Test
    void hasADateWhereStaffSaySoAndALimit() throws Exception {
        var amount = Map.of("minor", 500, "currency", "INR");
        var dated = Map.of("amount", amount, "reason", "why", "expiresAt", "2030-01-31T18:30:00Z");

        assertThat(shop.staff().post(PATH, dated).tree().path("expiresAt").asText())
                .isEqualTo("2030-01-31T18:30:00Z");
        assertThat(shop.staff()
                        .post(
                                PATH,
                                Map.of(
                                        "amount",
                                        amount,
                                        "reason",
                                        "why",
                                        "expiresAt",
                                        "2030-01-31T18:30:00Z",
                                        "neverExpires",
                                        true))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .post(PATH, Map.of("amount", Map.of("minor", 5_000_001, "currency", "INR"), "reason", "why"))
                        .refusal())
                .isEqualTo("422 grant_too_large");
    }

    @Test
    void isOfACurrencyThatThereIsAndNamesNoCard() throws Exception {
        for (long minor : new long[] {500, 5_000_001}) {
            assertThat(shop.staff()
                            .post(PATH, Map.of("amount", Map.of("minor", minor, "currency", "ZZZ"), "reason", "why"))
                            .refusal())
                    .isEqualTo("400 bad_request");
        }
        assertThat(shop.staff()
                        .post(
                                PATH,
                                Map.of(
                                        "amount",
                                        Map.of("minor", 500, "currency", "INR"),
                                        "reason",
                                        "why",
                                        "expiresAt",
                                        "+1000000000-12-31T23:59:59Z"))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .post(
                                PATH,
                                Map.of(
                                        "amount",
                                        Map.of("minor", 500, "currency", "INR"),
                                        "reason",
                                        "4222222222222 " + "x".repeat(186)))
                        .refusal())
                .isEqualTo("400 bad_request");
    }

    @Test
    void isForStaffAndNeedsAnAmountAndAReason() {
        assertThat(shop.customer().post(PATH, GRANT).refusal()).isEqualTo("403 staff_only");
        assertThat(shop.staff().post(PATH, Map.of("reason", "why")).refusal()).isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .post(PATH, Map.of("amount", Map.of("minor", 0, "currency", "INR"), "reason", "why"))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .post(PATH, Map.of("amount", Map.of("minor", 5, "currency", "INR")))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff().post(PATH + "/some/take-back", Map.of()).refusal())
                .isEqualTo("400 bad_request");
    }
}
