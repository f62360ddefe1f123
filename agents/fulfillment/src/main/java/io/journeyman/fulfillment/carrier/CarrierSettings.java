package io.journeyman.fulfillment.carrier;

import io.journeyman.kit.AgentConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * JOURNEYMAN_CARRIER: {@code none} (unless said otherwise; whoever brings the parcels tells of them by itself) or {@code
 * simulated}. JOURNEYMAN_CARRIER_STEP: the seconds, 1 to 86400, that a simulated parcel takes for each step (30).
 */
public record CarrierSettings(boolean simulated, Duration step) {
    private static final Duration STEP = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException naming every mistake */
    public static CarrierSettings of(AgentConfig config) {
        List<String> mistakes = new ArrayList<>();
        String carrier = config.setting("JOURNEYMAN_CARRIER").orElse("none");
        if (!carrier.equals("none") && !carrier.equals("simulated")) {
            mistakes.add("JOURNEYMAN_CARRIER must be none or simulated");
        }
        String step = config.setting("JOURNEYMAN_CARRIER_STEP").orElse(String.valueOf(STEP.toSeconds()));
        boolean seconds = step.matches("[1-9][0-9]{0,4}")
                && Integer.parseInt(step) <= Duration.ofDays(1).toSeconds();
        if (!seconds) {
            mistakes.add("JOURNEYMAN_CARRIER_STEP must be 1 to 86400 seconds");
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return new CarrierSettings(carrier.equals("simulated"), Duration.ofSeconds(Long.parseLong(step)));
    }

    public Carrier carrier() {
        return simulated ? new SimulatedCarrier(step) : Carrier.TELLS_BY_ITSELF;
    }
}
