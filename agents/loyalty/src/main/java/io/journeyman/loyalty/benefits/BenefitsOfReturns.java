package io.journeyman.loyalty.benefits;

import io.journeyman.contracts.Loyalty.ReturnBenefits;
import io.journeyman.contracts.Loyalty.ReturnedBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.ProblemException;
import io.journeyman.loyalty.benefits.BenefitsTable.StandingBenefits;
import io.journeyman.loyalty.benefits.ReturnTable.Booked;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Points of orders of which something came back. What all returns of an order took and gave so far is always the part of its points that
 * their value is of the order's, rounded down: so many small returns come to the same as one, and a whole one takes and gives all.
 */
public final class BenefitsOfReturns {
    private final InstantSource clock;

    public BenefitsOfReturns(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ProblemException not_committed, return_differs, amounts_unusable */
    public ReturnedBenefits giveBack(Handle handle, OrderId order, ReturnBenefits wanted) {
        checkAmounts(wanted);
        var table = handle.attach(ReturnTable.class);
        Instant now = clock.instant();
        OrderId run = table.committed(order).orElseThrow(BenefitsOfReturns::notCommitted);
        StandingBenefits standing =
                handle.attach(BenefitsTable.class).lock(run).orElseThrow(BenefitsOfReturns::notCommitted);
        Optional<Booked> before = table.find(wanted.returnId());
        if (before.isPresent()) {
            return again(before.get(), order, run, wanted);
        }
        var soFar = table.soFar(run);
        long value = soFar.value() + wanted.value().minor();
        long whole = wanted.orderValue().minor();
        if (value > whole) {
            throw unusable("More would have come back than there was.");
        }
        long taken = table.earnedStillGood(run, now) ? part(standing.earned(), value, whole) - soFar.takenBack() : 0;
        long given = part(standing.points(), value, whole) - soFar.givenBack();
        table.book(wanted.returnId(), run, wanted.value().minor(), whole, taken, given, now);
        table.move(standing.customerId().orElseThrow(), run, wanted.returnId(), taken, given, now);
        return new ReturnedBenefits(order, wanted.returnId(), taken, given);
    }

    private static ReturnedBenefits again(Booked booked, OrderId order, OrderId run, ReturnBenefits wanted) {
        boolean same = booked.orderId().equals(run)
                && booked.value() == wanted.value().minor()
                && booked.orderValue() == wanted.orderValue().minor();
        if (!same) {
            throw new ProblemException(
                    Problem.of(409, "return_differs", "That return's points stand with other amounts."));
        }
        return new ReturnedBenefits(order, booked.returnId(), booked.takenBack(), booked.givenBack());
    }

    private static long part(long points, long value, long whole) {
        return whole == 0
                ? 0
                : BigInteger.valueOf(points)
                        .multiply(BigInteger.valueOf(value))
                        .divide(BigInteger.valueOf(whole))
                        .longValueExact();
    }

    private static void checkAmounts(ReturnBenefits wanted) {
        Money value = wanted.value();
        Money whole = wanted.orderValue();
        if (!ShopCurrency.here().isOf(value) || !ShopCurrency.here().isOf(whole) || value.minor() < 0) {
            throw unusable("What came back must be in " + ShopCurrency.here().code() + " and not below zero.");
        }
    }

    private static ProblemException unusable(String detail) {
        return new ProblemException(Problem.of(422, "amounts_unusable", detail));
    }

    /** What is about to be committed may be asked for again. */
    private static ProblemException notCommitted() {
        return ProblemException.tryAgain(
                Problem.of(409, "not_committed", "The points of that order were not committed yet, or were released."),
                60);
    }
}
