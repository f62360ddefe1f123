package io.journeyman.recommendation;

import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Catalogue;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.LookUpVariants;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.Recommendations;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.InstantSource;

/** The contract's questions. */
@Path("/")
public final class CatalogueResource {
    private final Shelf shelf;
    private final Recommender recommender;
    private final String currency;
    private final InstantSource clock;

    CatalogueResource(Shelf shelf, Recommender recommender, String currency, InstantSource clock) {
        this.shelf = shelf;
        this.recommender = recommender;
        this.currency = currency;
        this.clock = clock;
    }

    @POST
    @Path("/recommendations")
    public Recommendations recommend(GetRecommendations asked) {
        return recommender.recommend(asked);
    }

    @GET
    @Path("/products/{productId}")
    public Product product(@PathParam("productId") String productId) {
        Item item = recommender.item(new ProductId(productId));
        return item.with(shelf.variants(item.productId(), clock.instant()));
    }

    @POST
    @Path("/variants/lookup")
    public PricedVariants lookUp(LookUpVariants asked) {
        return new PricedVariants(shelf.prices(asked.skus(), clock.instant()));
    }

    @GET
    @Path("/catalogue")
    public Catalogue catalogue() {
        return shelf.size(currency);
    }
}
