package io.journeyman.api.page;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.Recommendation.Product;
import io.journeyman.contracts.Recommendation.Variant;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /pictures/P-1001.svg}: where the shop has a product's picture, else one drawn from its category and colour. */
@Path("/pictures")
public final class PictureResource {
    private static final int MOST_KNOWN = 2_000;
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    private final AgentClient catalogue;
    private final InstantSource clock;
    private final Map<String, Look> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    public PictureResource(AgentClient catalogue, InstantSource clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** @param category and {@code color}: what is drawn when the catalogue does not answer; of that colour a picture is preferred */
    @GET
    @Path("/{file: [A-Za-z0-9._:-]{1,64}\\.svg}")
    public Response picture(
            @PathParam("file") String file,
            @QueryParam("category") @DefaultValue("") String category,
            @QueryParam("color") @DefaultValue("") String color) {
        Optional<Look> look = look(file.substring(0, file.length() - ".svg".length()));
        Optional<URI> photo = look.flatMap(seen -> seen.photo(color));
        if (photo.isPresent()) {
            return Response.seeOther(photo.get())
                    .header("Cache-Control", "max-age=" + KNOWN_FOR.toSeconds())
                    .build();
        }
        String kind = category.isEmpty() ? look.map(Look::category).orElse("") : category;
        String shade = color.isEmpty() ? look.map(Look::color).orElse("") : color;
        return Response.ok(Drawing.of(kind, shade), "image/svg+xml")
                .header("Cache-Control", look.isEmpty() ? "max-age=30" : "max-age=" + KNOWN_FOR.toSeconds())
                .build();
    }

    private Optional<Look> look(String productId) {
        Instant now = clock.instant();
        synchronized (known) {
            var look = known.get(productId);
            if (look != null && look.seenAt().plus(KNOWN_FOR).isAfter(now)) {
                return Optional.of(look);
            }
        }
        // a picture is not worth an error: a drawn one stands in until the catalogue answers
        return catalogue.get("getProduct", "/products/" + AgentClient.segment(productId), Product.class)
                        instanceof Answer.Done<Product>(Product product)
                ? Optional.of(remembered(Look.of(product, now)))
                : Optional.empty();
    }

    private Look remembered(Look look) {
        synchronized (known) {
            known.put(look.productId(), look);
        }
        return look;
    }

    /** @param color of its first variant @param photos by colour; the product's own has none */
    private record Look(String productId, String category, String color, Map<String, URI> photos, Instant seenAt) {
        static Look of(Product product, Instant now) {
            Map<String, URI> photos = new LinkedHashMap<>();
            first(product.images()).ifPresent(own -> photos.put("", own));
            for (Variant variant : product.variants()) {
                first(variant.images()).ifPresent(image -> photos.putIfAbsent(variant.color(), image));
            }
            return new Look(
                    product.productId().value(),
                    product.category(),
                    product.variants().stream().map(Variant::color).findFirst().orElse(""),
                    photos,
                    now);
        }

        Optional<URI> photo(String wanted) {
            return Stream.of(wanted, "")
                    .map(photos::get)
                    .filter(photo -> photo != null)
                    .findFirst();
        }

        /** The page, which is served over https, shows no others. */
        private static Optional<URI> first(List<String> images) {
            return images.stream()
                    .filter(image -> image.startsWith("https://"))
                    .flatMap(image -> uri(image).stream())
                    .findFirst();
        }

        private static Optional<URI> uri(String address) {
            try {
                return Optional.of(URI.create(address));
            } catch (IllegalArgumentException notAnAddressToAClientOfOurs) {
                return Optional.empty();
            }
        }
    }
}
