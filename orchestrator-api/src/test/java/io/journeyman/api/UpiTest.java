package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** UPI addresses go to the payment agent, and nowhere else. */
@ExtendWith(RunningShop.Opened.class)
class UpiTest {
    private final RunningShop shop;

    UpiTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void isMaskedInAMessageBeforeAnythingIsStored() throws Exception {
        var customer = shop.customer();

        customer.say("pay by UPI kavita.rao@oksbi");
        customer.say("write to kavita.rao@example.com, my other one is kavita-2@ybl");

        assertThat(shop.everythingStored())
                .noneMatch(row -> row.contains("kavita.rao@oksbi") || row.contains("kavita-2@ybl"))
                .anyMatch(row -> row.contains("pay by UPI ka…@oksbi"))
                .anyMatch(row -> row.contains("kavita.rao@example.com"));
    }

    @Test
    void isMaskedAndAnsweredThoughThePaymentServiceDoesNotAnswer() throws Exception {
        shop.agents.goesAway("payment.tokeniseVpa");
        try {
            assertThat(shop.customer().say("pay by UPI tara.devi@oksbi").status())
                    .isEqualTo(200);
        } finally {
            shop.agents.comesBack("payment.tokeniseVpa");
        }

        assertThat(shop.everythingStored()).noneMatch(row -> row.contains("tara.devi"));
    }
}
