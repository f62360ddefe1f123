package io.journeyman.loyalty.benefits;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Loyalty.Benefits;
import io.journeyman.contracts.Loyalty.BenefitsStatus;
import io.journeyman.contracts.Loyalty.ReserveBenefits;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.ProblemException;
import io.journeyman.loyalty.benefits.BenefitsTable.StandingBenefits;
import io.journeyman.loyalty.offer.OfferEngine;
import io.journeyman.loyalty.offer.OfferTable;
import io.journeyman.loyalty.points.Customers;
import io.journeyman.loyalty.points.PointsLedger;
import io.journeyman.loyalty.points.Tiers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * The points and limited offers of an order: reserved → committed, both → released; released is for ever, also when it comes
 * first. Everything is reserved or nothing; no coupon is used beyond its limit and no point twice. Each method runs in the
 * caller's transaction, which must be rolled back when it throws.
 */
public final class OrderBenefits {
    private final InstantSource clock;

    public OrderBenefits(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws ProblemException benefits_gone, benefits_differ */
    public Benefits reserve(Handle handle, ReserveBenefits wanted) {
        var table = handle.attach(BenefitsTable.class);
        var points = handle.attach(PointsLedger.class);
        var offers = handle.attach(OfferTable.class);
        Instant now = clock.instant();
        SortedSet<String> limited = limited(wanted);
        points.open(wanted.customerId(), now);
        if (!table.open(wanted.orderId(), wanted.customerId(), wanted.points(), now)) {
            StandingBenefits standing = table.lock(wanted.orderId()).orElseThrow();
            if (standing.status() == BenefitsStatus.released) {
                throw gone("The benefits of that order were released.");
            }
            boolean same = standing.customerId().equals(Optional.of(wanted.customerId()))
                    && standing.points() == wanted.points()
                    && offers.usedBy(wanted.orderId()).equals(limited);
            if (!same) {
                throw new ProblemException(
                        Problem.of(409, "benefits_differ", "That order's benefits stand with other contents."));
            }
            return answer(standing);
        }
        if (!points.reserve(wanted.customerId(), wanted.orderId(), wanted.points(), now)) {
            throw gone("There are not so many points any more.");
        }
        if (!limited.isEmpty()) {
            // one order of a customer after the other: two offers for the first order are two rows, and neither bars
            // the other
            points.lock(wanted.customerId());
        }
        for (String offerId : limited) {
            var counted = offers.use(offerId).orElseThrow(() -> gone("Offer " + offerId + " is used up or unknown."));
            if (counted.firstOrder() && offers.firstOrderIsAnother(wanted.customerId(), wanted.orderId())) {
                throw gone("Offer " + offerId + " is for the first order, and this customer has another one.");
            }
            if (!offers.note(wanted.orderId(), wanted.customerId(), counted)) {
                throw gone("This customer has used offer " + offerId + " as often as they may.");
            }
        }
        return new Benefits(wanted.orderId(), BenefitsStatus.reserved, wanted.points(), 0);
    }

    /** @throws ProblemException benefits_gone, amounts_unusable */
    public Benefits commit(Handle handle, OrderId order, Money paid) {
        if (paid.minor() < 0 || !ShopCurrency.here().isOf(paid)) {
            throw new ProblemException(Problem.of(
                    422,
                    "amounts_unusable",
                    "What was paid must be in " + ShopCurrency.here().code() + " and not below zero."));
        }
        var table = handle.attach(BenefitsTable.class);
        Instant now = clock.instant();
        StandingBenefits standing = table.lock(order).orElseThrow(() -> gone("Nothing is reserved for that order."));
        return switch (standing.status()) {
            case released -> throw gone("The benefits of that order were released.");
            case committed -> answer(standing);
            case reserved -> {
                var points = handle.attach(PointsLedger.class);
                CustomerId customer = standing.customerId().orElseThrow();
                long earned = Tiers.pointsFor(new Customers(handle).tier(customer, now), paid);
                points.settle(customer, order, standing.points(), earned, now);
                table.commit(order, earned, paid, now);
                yield new Benefits(order, BenefitsStatus.committed, standing.points(), earned);
            }
        };
    }

    /**
     * Gives back what was reserved or spent; when nothing is there yet, sees to it that nothing ever will be.
     *
     * @throws ProblemException benefits_returned: something of the order came back, and took its part of the points along
     */
    public Benefits release(Handle handle, OrderId order) {
        var table = handle.attach(BenefitsTable.class);
        Instant now = clock.instant();
        if (table.tombstone(order, now)) {
            return new Benefits(order, BenefitsStatus.released, 0, 0);
        }
        StandingBenefits standing = table.lock(order).orElseThrow();
        var points = handle.attach(PointsLedger.class);
        switch (standing.status()) {
            case released -> {}
            case reserved -> {
                points.free(standing.customerId().orElseThrow(), order, standing.points(), now);
                undo(handle, standing, now);
            }
            case committed -> {
                if (handle.attach(ReturnTable.class).soFar(order).value() > 0) {
                    throw new ProblemException(Problem.of(
                            409,
                            "benefits_returned",
                            "Something of that order came back already: return the rest of it instead."));
                }
                points.unsettle(standing.customerId().orElseThrow(), order, standing.points(), now);
                undo(handle, standing, now);
            }
        }
        return new Benefits(order, BenefitsStatus.released, standing.points(), standing.earned());
    }

    private static void undo(Handle handle, StandingBenefits standing, Instant now) {
        handle.attach(OfferTable.class).giveBack(standing.orderId());
        handle.attach(BenefitsTable.class).release(standing.orderId(), now);
    }

    /** The offers that have a row to count in; a tier's percentage and the points themselves have none. */
    private static SortedSet<String> limited(ReserveBenefits wanted) {
        var limited = new TreeSet<>(wanted.offerIds());
        limited.removeIf(OfferEngine::isUnlimited);
        return limited;
    }

    private static Benefits answer(StandingBenefits standing) {
        return new Benefits(standing.orderId(), standing.status(), standing.points(), standing.earned());
    }

    private static ProblemException gone(String detail) {
        return new ProblemException(Problem.of(409, "benefits_gone", detail, "Ask for a new quote."));
    }
}
