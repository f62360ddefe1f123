package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cards that a customer had kept. */
@ExtendWith(RunningShop.Opened.class)
class KeptMethodsTest {
    private final RunningShop shop;

    KeptMethodsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void areListedAndRemoved() {
        String id = RunningShop.fresh("cust");
        shop.agents.keepers.add(id);
        var customer = shop.customer(id);

        var listed = customer.get("/v1/payment-methods").tree().path("methods");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("label").asText()).isEqualTo("Visa ending 4242");

        assertThat(customer.delete("/v1/payment-methods/tok-kept").status()).isEqualTo(200);
        assertThat(customer.get("/v1/payment-methods").tree().path("methods")).isEmpty();
    }

    @Test
    void areOfTheSignedInCustomerOnly() {
        assertThat(shop.guest("guest-" + RunningShop.fresh("g"))
                        .get("/v1/payment-methods")
                        .refusal())
                .isEqualTo("403 sign_in_needed");
        assertThat(shop.staff().get("/v1/payment-methods").refusal()).isEqualTo("403 sign_in_needed");
    }
}
