package io.journeyman.api.page;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Recommendation.Product;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /pictures/P-1001.svg}: a product's picture, drawn from its category and colour. */
@Path("/pictures")
public final class PictureResource {
    private static final int MOST_KNOWN = 2_000;

    private final AgentClient catalogue;
    private final Map<String, Look> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    public PictureResource(AgentClient catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    @Path("/{file: [A-Za-z0-9._:-]{1,64}\\.svg}")
    public Response picture(
            @PathParam("file") String file,
            @QueryParam("category") @DefaultValue("") String category,
            @QueryParam("color") @DefaultValue("") String color) {
        var look =
                category.isEmpty() ? look(file.substring(0, file.length() - ".svg".length())) : new Look(category, "");
        var drawn = Drawing.of(look.category(), color.isEmpty() ? look.color() : color);
        return Response.ok(drawn, "image/svg+xml")
                .header("Cache-Control", look.category().isEmpty() ? "max-age=30" : "max-age=86400")
                .build();
    }

    private Look look(String productId) {
        synchronized (known) {
            var look = known.get(productId);
            if (look != null) {
                return look;
            }
        }
        var answer = catalogue.get("getProduct", "/products/" + AgentClient.segment(productId), Product.class);
        if (answer instanceof Answer.Done<Product>(Product product)) {
            var look = new Look(
                    product.category(),
                    product.variants().isEmpty()
                            ? ""
                            : product.variants().getFirst().color());
            synchronized (known) {
                known.put(productId, look);
            }
            return look;
        }
        // a picture is not worth an error: a plain one stands in until the catalogue answers
        return new Look("", "");
    }

    private record Look(String category, String color) {}
}
