package io.journeyman.payment.credit;

import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.kit.AgentConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the shop says of store credit.
 *
 * @param lasts how long what is granted can be used where the grant says nothing else; empty: it does not end
 */
public record CreditSettings(Optional<Duration> lasts) {
    private static final int MOST_DAYS = 3_650;

    /**
     * Reads JOURNEYMAN_CREDIT_DAYS, 1 to 3650; credit does not end where nothing is said.
     *
     * @throws IllegalArgumentException saying what it must be
     */
    public static CreditSettings from(AgentConfig config) {
        return new CreditSettings(config.setting("JOURNEYMAN_CREDIT_DAYS").map(CreditSettings::days));
    }

    private static Duration days(String value) {
        if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "JOURNEYMAN_CREDIT_DAYS must be a number of days from 1 to " + MOST_DAYS);
        }
        return Duration.ofDays(Integer.parseInt(value));
    }

    /** Until when the grant can be used: as it says itself, else as the shop has it. */
    Optional<Instant> dateOf(GrantCredit grant, Instant now) {
        return grant.neverExpires().orElse(false)
                ? Optional.empty()
                : saidBy(grant).or(() -> lasts.map(now::plus));
    }

    /** The date that it says itself, as fine as Postgres keeps it. */
    static Optional<Instant> saidBy(GrantCredit grant) {
        return grant.expiresAt().map(date -> date.truncatedTo(ChronoUnit.MICROS));
    }
}
