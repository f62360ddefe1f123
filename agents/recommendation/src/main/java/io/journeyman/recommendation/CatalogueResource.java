package io.journeyman.recommendation;

import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.GetRecommendations;
import io.journeyman.contracts.Recommendation.LookUpVariants;
import io.journeyman.contracts.Recommendation.PricedVariants;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.Recommendations;
import io.journeyman.contracts.Recommendation.Variant;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The contract's three questions. */
@Path("/")
public final class CatalogueResource {
    private final Shelf shelf;
    private final Recommender recommender;

    CatalogueResource(Shelf shelf, Recommender recommender) {
        this.shelf = shelf;
        this.recommender = recommender;
    }

    @POST
    @Path("/recommendations")
    public Recommendations recommend(GetRecommendations asked) {
        return new Recommendations(recommender.recommend(asked));
    }

    @GET
    @Path("/products/{productId}")
    public Product product(@PathParam("productId") String productId) {
        Item item = recommender.item(new ProductId(productId));
        return new Product(
                item.productId(),
                item.name(),
                item.category(),
                item.description(),
                item.price(),
                shelf.variants(item.productId()).stream()
                        .map(variant -> new Variant(variant.sku(), variant.size(), variant.color(), variant.price()))
                        .toList());
    }

    @POST
    @Path("/variants/lookup")
    public PricedVariants lookUp(LookUpVariants asked) {
        return new PricedVariants(shelf.variants(asked.skus()));
    }
}
