package io.journeyman.activities.model.offline;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which product a sentence points at: "the second one", "the blue one", "the cheaper one", "the linen kurta", "it". */
final class Pointing {
    private final Memory memory;
    private final Wish wish;

    Pointing(Memory memory, Wish wish) {
        this.memory = memory;
        this.wish = wish;
    }

    /** By its place, name, kind, colour or price, or as the one that is spoken of. */
    Optional<Product> product() {
        return explicit().or(() -> wish.does(Act.pronoun) ? memory.focus() : Optional.empty());
    }

    /** As {@link #product}; where nothing else is named, whatever was spoken of last. */
    Optional<Product> productOrFocus() {
        return explicit().or(() -> memory.focus().filter(this::mayBeMeant));
    }

    private boolean mayBeMeant(Product focus) {
        boolean kind = wish.facets().category().map(focus::isOf).orElse(true);
        boolean place = memory.asked().filter(Question::reserves).isPresent();
        boolean named = !wish.names().isEmpty() || wish.facets().category().isPresent();
        return kind && (!named || wish.does(Act.pronoun) || place);
    }

    private Optional<Product> explicit() {
        return numbered()
                .or(this::place)
                .or(this::cheapest)
                .or(this::named)
                .or(this::kind)
                .or(this::colour);
    }

    private Optional<Product> numbered() {
        return wish.numbers().stream().findFirst().flatMap(memory::product);
    }

    private Optional<Product> place() {
        boolean ofSomethingElse = memory.asked()
                .filter(asked -> asked.asksSize() || asked.asksColour() || asked == Question.STORE)
                .isPresent();
        if (ofSomethingElse) {
            return Optional.empty();
        }
        List<Product> listed = memory.listed();
        return wish.ordinal()
                .map(place -> place == -1 ? listed.size() : place)
                .filter(place -> place >= 1 && place <= listed.size())
                .map(place -> listed.get(place - 1));
    }

    private Optional<Product> cheapest() {
        boolean meansOne =
                wish.does(Act.cheaper) && Interpreter.words(wish.text()).contains("the");
        return meansOne
                ? memory.listed().stream()
                        .min(Comparator.comparingLong(product -> product.price().minor()))
                : Optional.empty();
    }

    /** The one whose name has all the words; of what was listed last before anything older. */
    private Optional<Product> named() {
        boolean searches =
                wish.does(Act.want) && !wish.definite() && wish.names().size() < 2;
        if (wish.names().isEmpty() || searches) {
            return Optional.empty();
        }
        return only(memory.listed()).or(() -> only(memory.known()));
    }

    private Optional<Product> only(List<Product> products) {
        List<Product> fitting = products.stream()
                .filter(product -> product.answersTo(wish.names()))
                .filter(product -> wish.facets().category().map(product::isOf).orElse(true))
                .toList();
        if (fitting.size() > 1 && wish.facets().colour().isPresent()) {
            return single(fitting.stream()
                    .filter(product -> product.answersTo(wish.content()))
                    .toList());
        }
        return single(fitting)
                .or(() -> single(products.stream()
                        .filter(product -> product.isNamedIn(wish.content()))
                        .toList()));
    }

    private Optional<Product> kind() {
        return wish.definite() && wish.names().isEmpty()
                ? wish.facets()
                        .category()
                        .flatMap(kind -> single(memory.listed().stream()
                                .filter(product -> product.isOf(kind))
                                .filter(product -> wish.facets()
                                        .colour()
                                        .map(product::hasColour)
                                        .orElse(true))
                                .toList()))
                : Optional.empty();
    }

    private Optional<Product> colour() {
        boolean meansOne = wish.does(Act.pronoun) && wish.facets().category().isEmpty();
        if (!meansOne || wish.facets().colour().isEmpty()) {
            return Optional.empty();
        }
        String colour = wish.facets().colour().get();
        return memory.focus()
                .filter(product -> product.hasColour(colour))
                .or(() -> single(memory.listed().stream()
                        .filter(product -> product.hasColour(colour))
                        .toList()));
    }

    private static Optional<Product> single(List<Product> products) {
        return products.size() == 1 ? Optional.of(products.getFirst()) : Optional.empty();
    }
}
