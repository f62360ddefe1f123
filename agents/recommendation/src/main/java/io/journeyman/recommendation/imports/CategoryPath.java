package io.journeyman.recommendation.imports;

import io.journeyman.contracts.Recommendation.ImportProduct;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a product belongs, read from the shop's own paths such as {@code Women > Dresses > Maxi Dresses}: maxi dresses is its
 * category, and what else is of dresses, its family, can stand in for it.
 *
 * @param kinds the other words of its paths, by which it is found too
 */
record CategoryPath(String category, String family, String kinds) {
    private static final String NONE = "other";

    static CategoryPath of(ImportProduct product) {
        List<List<String>> paths = product.categories().stream()
                .map(CategoryPath::parts)
                .filter(parts -> !parts.isEmpty())
                .toList();
        List<String> main = paths.isEmpty() ? List.of(NONE) : paths.getFirst();
        String category = main.getLast();
        return new CategoryPath(
                category,
                main.size() > 1 ? main.get(main.size() - 2) : category,
                Stream.concat(
                                main.subList(0, main.size() - 1).stream(),
                                paths.stream().skip(1).flatMap(List::stream))
                        .distinct()
                        .filter(kind -> !kind.equals(category))
                        .collect(Collectors.joining(" ")));
    }

    private static List<String> parts(String path) {
        return Arrays.stream(path.split(">"))
                .map(part -> part.strip().toLowerCase(Locale.ROOT))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
