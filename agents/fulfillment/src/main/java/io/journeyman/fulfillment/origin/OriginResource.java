package io.journeyman.fulfillment.origin;

import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.Fulfillment.Origins;
import io.journeyman.contracts.Fulfillment.PutOrigin;
import io.journeyman.contracts.LocationId;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopPlace;
import io.journeyman.fulfillment.delivery.Zone;
import io.journeyman.kit.Call;
import io.journeyman.kit.Idempotency;
import io.journeyman.kit.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Where warehouses and stores are, over HTTP. */
@Path("/origins")
@Produces(MediaType.APPLICATION_JSON)
public final class OriginResource {
    private final Jdbi jdbi;
    private final Idempotency idempotency;
    private final InstantSource clock;

    public OriginResource(Jdbi jdbi, Idempotency idempotency, InstantSource clock) {
        this.jdbi = jdbi;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    @GET
    public Origins getOrigins() {
        return new Origins(jdbi.withExtension(OriginTable.class, OriginTable::all));
    }

    @PUT
    @Path("/{locationId}")
    public Response putOrigin(@Context Call call, @PathParam("locationId") String locationId, PutOrigin request) {
        var location = new LocationId(locationId);
        return idempotency.once(call, 200, handle -> {
            String code = postalCode(request);
            requireHours(request);
            var origin = new Origin(location, request.name(), code, request.opens(), request.closes());
            handle.attach(OriginTable.class).put(origin, clock.instant());
            return origin;
        });
    }

    private static String postalCode(PutOrigin place) {
        var country = ShopPlace.here();
        return country.postalCode()
                .written(place.pincode())
                .filter(code -> !country.isIndia() || Zone.isServed(code))
                .orElseThrow(() -> new ProblemException(Problem.of(
                        422,
                        "pincode_unknown",
                        "No place that our carriers serve has that "
                                + country.postalCode().called() + ".",
                        "Check its digits.")));
    }

    /** Both as HH:MM, so that they compare as texts. */
    private static void requireHours(PutOrigin place) {
        boolean right = place.opens().isPresent() == place.closes().isPresent()
                && (place.opens().isEmpty()
                        || place.opens().get().compareTo(place.closes().get()) < 0);
        if (!right) {
            throw new ProblemException(Problem.of(
                    422,
                    "hours_wrong",
                    "A place that hands orders over opens and closes, in this order; one that does not has neither.",
                    "Give opens and closes, such as 10:00 and 21:00, or neither."));
        }
    }
}
