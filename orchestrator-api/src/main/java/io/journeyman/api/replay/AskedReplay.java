package io.journeyman.api.replay;

import io.journeyman.activities.replay.FailedPayments.Filter;
import io.journeyman.activities.replay.Replays;
import io.journeyman.activities.replay.Replays.Chosen;
import io.journeyman.activities.replay.Replays.Wish;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.OrderId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The body of a replay request: {@code orderIds} or {@code filter}, never both.
 *
 * @param dryRun says what would be tried, and tries nothing
 * @param ratePerSecond orders at most, {@value #USUAL_RATE} when not given
 * @param cap orders at most that fit the filter, {@value #USUAL_CAP} when not given
 * @param honourPriceUntil charges the quoted amount until then, also where the quote itself has passed
 * @param reason why, for whoever reads the record later
 */
public record AskedReplay(
        List<String> orderIds,
        Optional<Fitting> filter,
        Optional<Boolean> dryRun,
        Optional<Integer> ratePerSecond,
        Optional<Integer> cap,
        Optional<Instant> honourPriceUntil,
        Optional<String> reason) {
    public static final int USUAL_RATE = 5;
    static final int USUAL_CAP = 1_000;
    private static final int MOST_NAMED = 2_000;
    private static final Duration LONGEST_PRICE = Duration.ofDays(30);

    /** What is left out does not matter. Amounts are in minor units. */
    public record Fitting(
            Optional<String> failure,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<Long> leastMinor,
            Optional<Long> mostMinor,
            Optional<String> channel,
            Optional<String> customerId) {
        Filter filter() {
            return new Filter(failure, from, to, leastMinor, mostMinor, channel, customerId);
        }
    }

    /** @throws ProblemException bad_request, with what to change */
    Wish wish(String by, String key, Instant now) {
        return new Wish(by, key, fingerprint(), why(), chosen(), rate(), priceUntil(now));
    }

    Chosen chosen() {
        if (orderIds.isEmpty() == filter.isEmpty()) {
            throw bad("Give either orderIds or filter; the filter {} means every failed payment.");
        }
        if (filter.isPresent()) {
            return new Chosen.Fitting(filter.get().filter(), within("cap", cap, USUAL_CAP, Replays.MOST_ORDERS));
        }
        if (orderIds.size() > MOST_NAMED) {
            throw bad("Name at most " + MOST_NAMED + " orders; for more of them give a filter.");
        }
        return new Chosen.Orders(orderIds.stream().map(AskedReplay::order).toList());
    }

    private int rate() {
        return within("ratePerSecond", ratePerSecond, USUAL_RATE, Replays.MOST_PER_SECOND);
    }

    Optional<Instant> priceUntil(Instant now) {
        boolean fits = honourPriceUntil
                .map(until -> until.isAfter(now) && until.isBefore(now.plus(LONGEST_PRICE)))
                .orElse(true);
        if (!fits) {
            throw bad("honourPriceUntil lies within the next " + LONGEST_PRICE.toDays() + " days.");
        }
        return honourPriceUntil;
    }

    /** Everything that was asked, for the comparison with a repeated request. */
    private String fingerprint() {
        return UUID.nameUUIDFromBytes(Json.write(this).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private String why() {
        return Words.reason(reason)
                .orElseThrow(() -> bad("Give a reason of 1 to " + StaffJourneys.LONGEST_REASON
                        + " characters of text, for the record."));
    }

    private static OrderId order(String id) {
        try {
            return new OrderId(id);
        } catch (IllegalArgumentException e) {
            throw bad("An orderId has 1 to 64 letters, digits, dots, dashes or colons.");
        }
    }

    private static int within(String name, Optional<Integer> given, int usual, int most) {
        if (given.filter(n -> n < 1 || n > most).isPresent()) {
            throw bad(name + " is 1 to " + most + ".");
        }
        return given.orElse(usual);
    }

    private static ProblemException bad(String detail) {
        return ProblemException.of(400, "bad_request", detail);
    }
}
