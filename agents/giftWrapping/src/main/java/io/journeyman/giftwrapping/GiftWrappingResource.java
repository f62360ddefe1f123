package io.journeyman.giftwrapping;

import io.journeyman.contracts.GiftWrapping.CheckGiftWrapping;
import io.journeyman.contracts.GiftWrapping.GiftWrappingOptions;
import io.journeyman.contracts.GiftWrapping.Option;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Every product can be wrapped, in the seed's two ways. */
@Path("/check-gift-wrapping")
@Produces(MediaType.APPLICATION_JSON)
public final class GiftWrappingResource {
    @POST
    public GiftWrappingOptions checkGiftWrapping(CheckGiftWrapping question) {
        return new GiftWrappingOptions(
                "success", true, List.of(new Option("standard", 50), new Option("premium", 150)));
    }
}
