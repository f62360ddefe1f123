package io.journeyman.fulfillment.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Address;
import io.journeyman.contracts.Fulfillment.ParcelEvent;
import io.journeyman.contracts.Fulfillment.ParcelEventStatus;
import io.journeyman.contracts.ParcelId;
import io.journeyman.fulfillment.carrier.Carrier.Handed;
import io.journeyman.fulfillment.carrier.Carrier.News;
import io.journeyman.kit.AgentConfig;
import io.journeyman.testing.ServiceTokens;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedCarrierTest {
    private static final Instant SENT = Instant.parse("2026-11-24T05:00:00Z");
    private static final LocalDate PROMISED = LocalDate.of(2026, 11, 27);
    private static final SimulatedCarrier CARRIER = new SimulatedCarrier(Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({
        "12 MG Road, handed_over in_transit out_for_delivery delivered",
        "3 Late Lane, handed_over in_transit delayed out_for_delivery delivered",
        "Nobody Home 4, handed_over in_transit out_for_delivery delivery_failed",
        "5 Second Try, handed_over in_transit out_for_delivery delivery_failed out_for_delivery delivered"
    })
    void meetsWhatTheAddressTells(String line, String events) {
        News all = newsOf(line, Duration.ofHours(1));

        assertThat(all.events().stream().map(event -> event.status().name()).collect(Collectors.joining(" ")))
                .isEqualTo(events);
        assertThat(all.askAgainAt()).isEmpty();
    }

    @Test
    void tellsWhatHasHappenedSoFarAndWhenThereIsMore() {
        News news = newsOf("12 MG Road", Duration.ofSeconds(150));

        assertThat(news.events()).hasSize(2);
        assertThat(news.events().getLast().happenedAt()).isEqualTo(SENT.plusSeconds(120));
        assertThat(news.askAgainAt()).contains(SENT.plusSeconds(180));
        assertThat(CARRIER.firstAsked(SENT)).contains(SENT.plusSeconds(60));
    }

    @Test
    void namesANewDayForWhatIsDelayed() {
        assertThat(newsOf("3 Late Lane", Duration.ofMinutes(3)).events().getLast())
                .returns(Optional.of(LocalDate.of(2026, 11, 29)), ParcelEvent::expectedDate)
                .returns(Optional.of("weather"), ParcelEvent::reason);
    }

    @Test
    void isTheStoreOfWhatIsCollected() {
        var kept = new Handed(
                new ParcelId("JM1-1"),
                new Address("Indiranagar store", "100 Feet Road", "Bengaluru", "560038"),
                PROMISED,
                SENT,
                true);

        assertThat(CARRIER.newsOf(kept, SENT).events()).isEmpty();
        var news = CARRIER.newsOf(kept, SENT.plus(Duration.ofDays(1)));
        assertThat(news.events()).extracting(ParcelEvent::status).containsExactly(ParcelEventStatus.ready);
        assertThat(news.askAgainAt()).isEmpty();
    }

    @Test
    void isNobodyUnlessItIsAskedFor() {
        var config = AgentConfig.local("", ServiceTokens.SECRET);

        assertThat(CarrierSettings.of(config).simulated()).isFalse();
        assertThat(CarrierSettings.of(config.withSetting("JOURNEYMAN_CARRIER", "simulated")
                                .withSetting("JOURNEYMAN_CARRIER_STEP", "5"))
                        .step())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void namesEveryMistakeOfItsSettings() {
        var config = AgentConfig.local("", ServiceTokens.SECRET)
                .withSetting("JOURNEYMAN_CARRIER", "pigeon")
                .withSetting("JOURNEYMAN_CARRIER_STEP", "86401");

        assertThatThrownBy(() -> CarrierSettings.of(config))
                .hasMessageContaining("none or simulated")
                .hasMessageContaining("1 to 86400");
    }

    private static News newsOf(String line, Duration later) {
        return CARRIER.newsOf(
                new Handed(
                        new ParcelId("JM1-1"),
                        new Address("Asha Rao", line, "Bengaluru", "560001"),
                        PROMISED,
                        SENT,
                        false),
                SENT.plus(later));
    }
}
