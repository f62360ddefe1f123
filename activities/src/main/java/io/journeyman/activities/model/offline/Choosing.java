package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Inventory.VariantStock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which variant of a product is meant: the one that fits what was said and is there. */
sealed interface Choosing {
    record One(VariantStock variant, Done stock) implements Choosing {}

    record WhichSize(List<String> sizes) implements Choosing {}

    record WhichColour(List<String> colours) implements Choosing {}

    /** Nothing to choose from; {@code words} say why and offer what else there is. */
    record None(String words) implements Choosing {}

    static Choosing of(Scene scene, Product product, Predicate<VariantStock> there) {
        Shelves shelves = new Shelves(scene);
        Done stock = shelves.stock(product);
        if (stock.problem()) {
            return new None(scene.trouble(stock));
        }
        List<VariantStock> toCome = Shelves.toCome(stock);
        List<VariantStock> sold = toCome.isEmpty() ? Shelves.inStock(stock) : toCome;
        List<VariantStock> fitting = sold.stream().filter(there).toList();
        if (sold.isEmpty() || (toCome.isEmpty() && !Shelves.there(stock))) {
            return new None(shelves.missing(product, stock));
        }
        if (fitting.isEmpty()) {
            return new None("I am sorry, no store has the " + product.name()
                    + " like that just now; it can be sent to you. " + Question.ADD.words());
        }
        List<String> sizes = Shelves.sizes(fitting);
        Optional<String> size = picked(scene, sizes, Question::asksSize);
        if (sizes.size() > 1 && size.isEmpty()) {
            return new WhichSize(sizes);
        }
        List<VariantStock> sized = fitting.stream()
                .filter(variant -> size.isEmpty() || size.get().equals(variant.size()))
                .toList();
        List<String> colours = Shelves.colours(sized);
        Optional<String> colour = picked(scene, colours, Question::asksColour);
        if (colours.size() > 1 && colour.isEmpty()) {
            return new WhichColour(colours);
        }
        return new One(
                sized.stream()
                        .filter(variant -> colour.isEmpty() || colour.get().equals(variant.color()))
                        .findFirst()
                        .orElseThrow(),
                stock);
    }

    /** "The second", "any": an answer to the question which size or colour. */
    private static Optional<String> picked(Scene scene, List<String> choices, Predicate<Question> asks) {
        if (scene.memory().asked().filter(asks).isEmpty()) {
            return Optional.empty();
        }
        if (scene.wish().leavesTheChoice()) {
            return Optional.of(choices.getFirst());
        }
        return scene.wish()
                .ordinal()
                .map(place -> place == -1 ? choices.size() : place)
                .filter(place -> place >= 1 && place <= choices.size())
                .map(place -> choices.get(place - 1));
    }
}
