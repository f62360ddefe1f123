package io.journeyman.postpurchase.warranty;

import io.journeyman.contracts.PostPurchase.GetWarranties;
import io.journeyman.contracts.PostPurchase.WarrantedLine;
import io.journeyman.contracts.PostPurchase.Warranties;
import io.journeyman.contracts.PostPurchase.WarrantyState;
import io.journeyman.postpurchase.warranty.WarrantyTable.Promised;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** The tool get_warranty: for how long the shop answers for what a customer has bought and keeps. */
@Path("/warranties")
@Produces(MediaType.APPLICATION_JSON)
public final class WarrantyResource {
    /** What a warranty is about, in the shop's words. */
    private static final String COVERS =
            "Defects of material and make that show in ordinary use. Not wear, and not damage after the delivery.";

    private static final int LATEST_ORDERS = 20;
    private static final int MOST_LINES = 50;

    private final Jdbi jdbi;
    private final InstantSource clock;

    public WarrantyResource(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Others' orders do not exist here. */
    @POST
    public Warranties getWarranties(GetWarranties asked) {
        Instant now = clock.instant();
        return new Warranties(
                COVERS,
                jdbi
                        .withExtension(
                                WarrantyTable.class,
                                table -> table.promised(asked.customerId(), asked.orderId(), LATEST_ORDERS, MOST_LINES))
                        .stream()
                        .filter(line -> line.pieces() > 0)
                        .map(line -> told(line, now))
                        .toList());
    }

    private static WarrantedLine told(Promised line, Instant now) {
        return new WarrantedLine(
                line.orderId(),
                line.sku(),
                line.productId(),
                line.name(),
                line.size(),
                line.color(),
                line.pieces(),
                line.months().orElse(0),
                line.ends(),
                line.months().isEmpty()
                        ? WarrantyState.none
                        : line.ends()
                                .map(end -> now.isBefore(end) ? WarrantyState.running : WarrantyState.over)
                                .orElse(WarrantyState.begins_with_delivery));
    }
}
