package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What customers think of what they keep, and what staff see and hide of it. */
@ExtendWith(RunningShop.Opened.class)
class ReviewsTest {
    private static final Map<String, Object> REVIEW =
            Map.of("orderId", "JM-1", "sku", "P-1-M-BLUE", "rating", 4, "words", "Mine: 4242 4242 4242 4242, fits");

    private final RunningShop shop;

    ReviewsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void areWrittenByTheSignedInCustomerWithoutCardNumbers() {
        String id = RunningShop.fresh("cust");

        var written = shop.customer(id).post("/v1/reviews", REVIEW).tree();

        assertThat(written.path("rating").asInt()).isEqualTo(4);
        assertThat(written.path("words").asText()).isEqualTo("Mine: [card number removed], fits");
        assertThat(shop.agents.seen())
                .filteredOn(call -> call.startsWith("postPurchase.writeReview"))
                .anyMatch(call -> call.contains(id))
                .noneMatch(call -> call.contains("4242"));
        assertThat(shop.customer(id).get("/v1/reviews").tree().path("lines"))
                .extracting(line -> line.path("name").asText())
                .containsExactly("Indigo Kurta");
    }

    @Test
    void needASessionStarsAndMeasure() {
        var customer = shop.customer();

        assertThat(shop.guest("guest-" + RunningShop.fresh("g"))
                        .post("/v1/reviews", REVIEW)
                        .refusal())
                .isEqualTo("403 sign_in_needed");
        assertThat(shop.staff().get("/v1/reviews").refusal()).isEqualTo("403 sign_in_needed");
        assertThat(customer.post("/v1/reviews", Map.of("orderId", "JM-1", "sku", "S", "rating", 6))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(customer.post("/v1/reviews", Map.of("orderId", "JM-1", "sku", "S"))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(customer.post(
                                "/v1/reviews",
                                Map.of("orderId", "JM-1", "sku", "S", "rating", 5, "words", "x".repeat(1_001)))
                        .refusal())
                .isEqualTo("400 bad_request");
        assertThat(customer.post("/v1/reviews", Map.of("orderId", "JM-1", "sku", "S", "rating", 5, "words", "a\u0000b"))
                        .refusal())
                .isEqualTo("400 bad_request");
    }

    @Test
    void areFoundAndHiddenByStaffWithAReasonThatIsKept() throws Exception {
        var staff = shop.staff();
        var found = staff.get("/v1/staff/reviews?product=kurta&rating=4&state=shown")
                .tree()
                .path("reviews");
        String id = found.path(0).path("review").path("reviewId").asText();

        var hidden = staff.with("Idempotency-Key", "hide-1")
                .post("/v1/staff/reviews/" + id + "/visibility", Map.of("hidden", true, "reason", "names a person"));

        assertThat(hidden.tree().path("hidden").path("reason").asText()).isEqualTo("names a person");
        assertThat(shop.agents.seen())
                .anyMatch(call -> call.startsWith("postPurchase.findReviews")
                        && call.contains("\"product\":\"kurta\"")
                        && call.contains("\"rating\":4")
                        && call.contains("\"state\":\"shown\""));
        assertThat(shop.query(
                        "SELECT staff || ' ' || action || ' ' || reason || ' ' || code FROM conversation.staff_action"
                                + " WHERE workflow_id = 'review-" + id + "'"))
                .containsExactly("staff-1 hide review names a person review_hidden");
    }

    @Test
    void areForStaffWhoSayWhyAndWhatTheyLookFor() {
        assertThat(shop.customer().get("/v1/staff/reviews").refusal()).isEqualTo("403 staff_only");
        assertThat(shop.staff().get("/v1/staff/reviews?rating=9").refusal()).isEqualTo("400 bad_request");
        assertThat(shop.staff().get("/v1/staff/reviews?state=odd").refusal()).isEqualTo("400 bad_request");
        assertThat(shop.staff().get("/v1/staff/reviews?before=yesterday").refusal())
                .isEqualTo("400 bad_request");
        assertThat(shop.staff()
                        .post("/v1/staff/reviews/RV-1/visibility", Map.of("hidden", true))
                        .refusal())
                .isEqualTo("400 bad_request");
    }
}
