package io.journeyman.loyalty.points;

import io.journeyman.contracts.Loyalty.TierRules;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The shop's tiers: what they ask for and give. */
@Path("/tiers")
@Produces(MediaType.APPLICATION_JSON)
public final class TierResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;

    public TierResource(Jdbi jdbi, Idempotency idempotency) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
    }

    /** At the start: until a shop says otherwise, its tiers ask for the same numbers in whatever it counts in. */
    public static void begin(Jdbi jdbi) {
        jdbi.useExtension(
                TierTable.class,
                tiers -> tiers.anotherCurrency()
                        .ifPresent(other -> tiers.takeShopsCurrency(
                                ShopCurrency.unitOf(other), ShopCurrency.here().unit())));
    }

    @GET
    public TierRules listTiers() {
        return new TierRules(jdbi.withExtension(TierTable.class, TierTable::all));
    }

    @PUT
    public Response setTiers(@Context Call call, TierRules wanted) {
        return idempotency.once(call, 200, handle -> set(handle, wanted));
    }

    private static TierRules set(Handle handle, TierRules wanted) {
        List<String> mistakes = Tiers.mistakes(wanted.tiers());
        if (!mistakes.isEmpty()) {
            throw new ProblemException(Problem.of(422, "tiers_unusable", String.join(" ", mistakes)));
        }
        handle.attach(TierTable.class).set(wanted.tiers());
        return wanted;
    }
}
