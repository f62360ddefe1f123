package io.journeyman.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopPlaceTest {
    @Test
    void isIndiaWhereNothingIsSaid() {
        assertThat(ShopPlace.of(Map.of())).isEqualTo(ShopPlace.INDIA);
        assertThat(ShopPlace.of(Map.of("JOURNEYMAN_COUNTRY", " ", "JOURNEYMAN_TIME_ZONE", "")))
                .isEqualTo(ShopPlace.INDIA);
        assertThat(ShopTime.ZONE).isEqualTo(ZoneId.of("Asia/Kolkata"));
    }

    @Test
    void isWhereItIsSaidToBe() {
        var place = ShopPlace.of(Map.of("JOURNEYMAN_COUNTRY", "DE", "JOURNEYMAN_TIME_ZONE", "Europe/Berlin"));

        assertThat(place.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(place.name()).isEqualTo("Germany");
        assertThat(place.isIndia()).isFalse();
    }

    @Test
    void namesEveryMistake() {
        assertThatThrownBy(
                        () -> ShopPlace.of(Map.of("JOURNEYMAN_COUNTRY", "Germany", "JOURNEYMAN_TIME_ZONE", "Berlin")))
                .hasMessageContaining("JOURNEYMAN_COUNTRY must be one of")
                .hasMessageContaining("JOURNEYMAN_TIME_ZONE must be a time zone such as Europe/Berlin");
        assertThatThrownBy(() -> ShopPlace.of(Map.of("JOURNEYMAN_COUNTRY", "DE")))
                .hasMessageContaining("it must be said outside India");
    }
}
