package io.journeyman.recommendation.bundle;

import io.journeyman.contracts.BundleId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Bundle;
import io.journeyman.contracts.Recommendation.BundlePart;
import io.journeyman.contracts.Recommendation.BundleStatus;
import io.journeyman.contracts.Recommendation.PutBundle;
import io.journeyman.contracts.Recommendation.StandingBundle;
import io.journeyman.kit.ProblemException;
import io.journeyman.recommendation.bundle.BundleTable.Part;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the shop sells together, as staff say it. */
public final class Bundles {
    /** With one product; more would be a list to read, not an offer. */
    private static final int MOST_WITH_ONE = 3;

    private static final int MOST_IN_ALL = 500;

    private final Jdbi jdbi;
    private final InstantSource clock;

    public Bundles(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    public List<Bundle> with(ProductId product) {
        return bundles(
                jdbi.withExtension(BundleTable.class, table -> table.with(product, MOST_WITH_ONE, clock.instant())));
    }

    List<Bundle> all() {
        return bundles(jdbi.withExtension(BundleTable.class, table -> table.all(clock.instant())));
    }

    /** @throws ProblemException unknown_product, too_many_bundles */
    StandingBundle put(Handle handle, BundleId id, PutBundle asked) {
        var table = handle.attach(BundleTable.class);
        table.lock();
        List<ProductId> known = table.known(asked.productIds());
        List<ProductId> unknown = asked.productIds().stream()
                .filter(product -> !known.contains(product))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            404,
                            "unknown_product",
                            "The catalogue does not have all of these products.",
                            "Import the products first, or leave these out."),
                    Map.of("productIds", unknown));
        }
        if (table.othersThan(id) >= MOST_IN_ALL) {
            throw new ProblemException(Problem.of(
                    409,
                    "too_many_bundles",
                    "A shop has at most " + MOST_IN_ALL + " bundles.",
                    "End one that is not sold any more."));
        }
        if (!table.name(id, asked.name().strip())) {
            return new StandingBundle(id, BundleStatus.ended);
        }
        table.takeApart(id);
        table.consistsOf(id, asked.productIds());
        return new StandingBundle(id, BundleStatus.sold);
    }

    StandingBundle end(Handle handle, BundleId id) {
        handle.attach(BundleTable.class).end(id);
        return new StandingBundle(id, BundleStatus.ended);
    }

    private static List<Bundle> bundles(List<Part> parts) {
        return parts.stream()
                .collect(Collectors.groupingBy(Part::bundleId, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Bundles::bundle)
                .toList();
    }

    private static Bundle bundle(List<Part> parts) {
        return new Bundle(
                parts.getFirst().bundleId(),
                parts.getFirst().bundle(),
                parts.stream()
                        .map(part -> new BundlePart(part.productId(), part.name(), part.price()))
                        .toList(),
                parts.stream().map(Part::price).reduce(Money::plus).orElseThrow());
    }
}
