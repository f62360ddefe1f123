package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Fulfillment.AskDeliveryOptions;
import io.journeyman.contracts.Fulfillment.DeliveryOption;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import io.journeyman.contracts.Fulfillment.Origin;
import io.journeyman.contracts.LocationId;
import io.journeyman.fulfillment.origin.OriginTable;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** What a delivery would cost and when it would come. */
@Path("/delivery-options")
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveryResource {
    private final DeliveryDesk desk;
    private final Jdbi jdbi;

    public DeliveryResource(DeliveryDesk desk, Jdbi jdbi) {
        this.desk = desk;
        this.jdbi = jdbi;
    }

    @POST
    public DeliveryOptions askDeliveryOptions(AskDeliveryOptions question) {
        List<DeliveryOption> sent = question.address()
                .map(address -> desk.options(
                        address, question.goods(), question.hereOn().orElse(LocalDate.MIN)))
                .orElse(List.of());
        return new DeliveryOptions(
                Stream.concat(sent.stream(), collected(question.stores().orElse(List.of())))
                        .toList());
    }

    /** In the order in which the stores were named. */
    private Stream<DeliveryOption> collected(List<LocationId> stores) {
        if (stores.isEmpty()) {
            return Stream.empty();
        }
        List<Origin> origins = jdbi.withExtension(OriginTable.class, table -> table.these(stores));
        return stores.stream()
                .flatMap(store ->
                        origins.stream().filter(origin -> origin.locationId().equals(store)))
                .flatMap(origin -> desk.collection(origin).stream());
    }
}
