package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Fulfillment.AskDeliveryOptions;
import io.journeyman.contracts.Fulfillment.DeliveryOptions;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What a delivery would cost and when it would come. */
@Path("/delivery-options")
@Produces(MediaType.APPLICATION_JSON)
public final class DeliveryResource {
    private final DeliveryDesk desk;

    public DeliveryResource(DeliveryDesk desk) {
        this.desk = desk;
    }

    @POST
    public DeliveryOptions askDeliveryOptions(AskDeliveryOptions question) {
        return new DeliveryOptions(desk.options(question.address(), question.goods()));
    }
}
