package io.journeyman.loyalty;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Loyalty.NewOffer;
import io.journeyman.kit.Agent;
import io.journeyman.kit.AgentEnvironment;
import io.journeyman.kit.Expiry;
import io.journeyman.kit.ExpiryReminders;
import io.journeyman.loyalty.benefits.BenefitsOfReturns;
import io.journeyman.loyalty.benefits.BenefitsResource;
import io.journeyman.loyalty.benefits.OrderBenefits;
import io.journeyman.loyalty.imports.ImportResource;
import io.journeyman.loyalty.imports.PointsImport;
import io.journeyman.loyalty.offer.OfferResource;
import io.journeyman.loyalty.offer.OfferTable;
import io.journeyman.loyalty.points.PointsLedger;
import io.journeyman.loyalty.points.PointsResource;
import io.journeyman.loyalty.points.ReminderResource;
import io.journeyman.loyalty.points.TierResource;
import java.time.Duration;
import java.util.stream.StreamSupport;

/** Tiers, points, offers and coupons. */
public final class LoyaltyAgent implements Agent {
    /** What has expired can no longer be spent, whether it was swept or not. */
    private static final Duration SWEEP_POINTS = Duration.ofHours(1);

    @Override
    public String name() {
        return "loyalty";
    }

    @Override
    public int defaultPort() {
        return 5006;
    }

    @Override
    public void register(AgentEnvironment environment) {
        var clock = environment.clock();
        if (environment.sampleShop()) {
            loadSample(environment);
        }
        TierResource.begin(environment.jdbi());
        environment.jersey(new OfferResource(environment.jdbi(), clock, environment.idempotency()));
        environment.jersey(new BenefitsResource(
                new OrderBenefits(clock), new BenefitsOfReturns(clock), environment.idempotency()));
        var reminders = ExpiryReminders.of(environment.config(), clock, PointsLedger.class);
        environment.jersey(new PointsResource(environment.jdbi(), clock));
        environment.jersey(new ReminderResource(reminders, environment.idempotency()));
        environment.jersey(new TierResource(environment.jdbi(), environment.idempotency()));
        environment.jersey(new ImportResource(new PointsImport(clock), environment.idempotency()));
        environment.every(SWEEP_POINTS, new Expiry(environment.jdbi(), clock, PointsLedger.class)::sweep);
    }

    /** Rows that are there already stay as they are. */
    private static void loadSample(AgentEnvironment environment) {
        environment.jdbi().useTransaction(handle -> {
            handle.attach(OfferTable.class)
                    .add(StreamSupport.stream(
                                    environment.sample("loyalty/offers.json").spliterator(), false)
                            .map(offer -> Json.convert(offer, NewOffer.class))
                            .toList());
            for (var account : environment.sample("loyalty/accounts.json")) {
                handle.attach(PointsLedger.class)
                        .open(
                                new CustomerId(account.get("customerId").asText()),
                                account.get("points").asLong(),
                                account.get("orders").asInt(),
                                environment.clock().instant());
            }
        });
    }
}
