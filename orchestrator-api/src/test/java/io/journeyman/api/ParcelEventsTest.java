package io.journeyman.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Carriers tell of parcels with a staff token, and nobody else does. */
@ExtendWith(RunningShop.Opened.class)
class ParcelEventsTest {
    private static final Map<String, Object> EVENT =
            Map.of("eventId", "e1", "status", "handed_over", "happenedAt", "2026-11-24T05:00:00Z");

    private final RunningShop shop;

    ParcelEventsTest(RunningShop shop) {
        this.shop = shop;
    }

    @Test
    void takesAnEventFromStaffOnly() {
        assertThat(shop.customer().post("/v1/parcels/TRACK-1-1/events", EVENT).refusal())
                .isEqualTo("403 staff_only");

        var answer = shop.staff().post("/v1/parcels/TRACK-1-1/events", EVENT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.tree().path("parcelId").asText()).isEqualTo("TRACK-1-1");
    }

    @Test
    void saysWhatIsWrongWithAnEvent() {
        assertThat(shop.staff()
                        .post("/v1/parcels/TRACK-1-1/events", Map.of("eventId", "e1"))
                        .refusal())
                .isEqualTo("400 bad_request");
    }
}
