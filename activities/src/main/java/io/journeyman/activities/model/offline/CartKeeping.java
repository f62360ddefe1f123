package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.PricedLine;
import java.util.List;
import java.util.Optional;

/** Showing the cart, and taking things out of it. */
final class CartKeeping {
    private final Scene scene;

    CartKeeping(Scene scene) {
        this.scene = scene;
    }

    String show() {
        Done cart = scene.call("show_cart", new Arguments());
        if (cart.problem()) {
            return scene.trouble(cart);
        }
        List<PricedLine> lines = Memory.lines(cart);
        return lines.isEmpty()
                ? "Your cart is empty. " + Question.WHAT.words()
                : "In your cart:" + scene.phrases().lines(lines) + "Together "
                        + scene.phrases().money(Buying.goods(cart)) + ", before offers and delivery. "
                        + Question.CHECKOUT.words();
    }

    /** What is meant by its name, kind or colour, by its place, as "it", or everything. */
    String remove() {
        Done cart = scene.call("show_cart", new Arguments());
        if (cart.problem()) {
            return scene.trouble(cart);
        }
        List<PricedLine> lines = Memory.lines(cart);
        if (lines.isEmpty()) {
            return "Your cart is empty already. " + Question.WHAT.words();
        }
        List<PricedLine> meant = meant(lines);
        if (meant.isEmpty() || (meant.size() > 1 && !scene.wish().does(Act.all))) {
            return "In your cart:" + scene.phrases().lines(meant.isEmpty() ? lines : meant) + Question.REMOVE.words();
        }
        List<Done> removed = scene.callAll(
                "remove_from_cart",
                meant.stream()
                        .map(line -> new Arguments()
                                .with("sku", line.sku().value())
                                .withNumber("quantity", scene.wish().quantity().map(Integer::longValue)))
                        .toList());
        Done last = removed.getLast();
        if (last.problem()) {
            return last.code().equals("not_in_cart")
                    ? "That is not in your cart any more. " + Question.CHECKOUT.words()
                    : scene.trouble(last);
        }
        String what = scene.wish().quantity().map(n -> n + " × ").orElse("")
                + Phrases.and(meant.stream().map(PricedLine::name).toList());
        return Memory.lines(last).isEmpty()
                ? "Done: " + what + " taken out, and your cart is empty now. " + Question.WHAT.words()
                : "Done: " + what + " taken out. What is left comes to "
                        + scene.phrases().money(Buying.goods(last)) + ". " + Question.CHECKOUT.words();
    }

    /** Another number of pieces, or another size or colour, of what is in the cart. */
    String change() {
        Done cart = scene.call("show_cart", new Arguments());
        List<PricedLine> lines = Memory.lines(cart);
        Optional<String> handled = scene.memory().handled().map(Product::id);
        List<PricedLine> meant = lines.size() == 1
                ? lines
                : lines.stream()
                        .filter(line ->
                                handled.equals(Optional.of(line.productId().value())))
                        .toList();
        if (cart.problem() || meant.size() != 1) {
            return cart.problem() || lines.isEmpty() ? show() : "I am not sure which one you mean. " + show();
        }
        PricedLine line = meant.getFirst();
        Facets other = scene.wish().facets();
        return other.anySize() || other.colour().isPresent()
                ? swap(line, other)
                : pieces(line, scene.wish().quantity().orElse(line.quantity()));
    }

    private String pieces(PricedLine line, int wanted) {
        int more = wanted - line.quantity();
        if (more == 0) {
            return show();
        }
        Done changed = scene.call(
                more > 0 ? "add_to_cart" : "remove_from_cart",
                new Arguments().with("sku", line.sku().value()).with("quantity", Math.abs(more)));
        return changed.problem() ? scene.trouble(changed) : now(changed);
    }

    private String swap(PricedLine line, Facets other) {
        String size = other.size().or(other::shoeSize).orElse(line.size());
        String colour = other.colour().orElse(line.color());
        Done stock = scene.call(
                "check_inventory",
                new Arguments()
                        .with("productId", line.productId().value())
                        .with("size", size)
                        .with("color", colour));
        if (stock.problem()) {
            return scene.trouble(stock);
        }
        if (!Shelves.there(stock)) {
            return "I am sorry, the " + line.name() + " " + Phrases.in(size, colour)
                    + " is not available; I leave your cart as it is. " + Question.SIMILAR.words();
        }
        Done added = scene.call(
                "add_to_cart",
                new Arguments()
                        .with("sku", Shelves.inStock(stock).getFirst().sku().value())
                        .with("quantity", line.quantity()));
        if (added.problem()) {
            return scene.trouble(added);
        }
        Done removed = scene.call(
                "remove_from_cart", new Arguments().with("sku", line.sku().value()));
        return removed.problem() ? scene.trouble(removed) : now(removed);
    }

    private String now(Done cart) {
        return "Done. In your cart now:" + scene.phrases().lines(Memory.lines(cart)) + "Together "
                + scene.phrases().money(Buying.goods(cart)) + ". " + Question.CHECKOUT.words();
    }

    private List<PricedLine> meant(List<PricedLine> lines) {
        Wish wish = scene.wish();
        if (wish.does(Act.all) || lines.size() == 1) {
            return lines;
        }
        Optional<Integer> place = wish.ordinal().map(n -> n == -1 ? lines.size() : n);
        if (place.isPresent() && place.get() <= lines.size()) {
            return List.of(lines.get(place.get() - 1));
        }
        if (!wish.content().isEmpty() || wish.facets().anySize()) {
            return lines.stream().filter(this::isMeant).toList();
        }
        Optional<String> sku = scene.memory().justAdded();
        return lines.stream()
                .filter(line -> sku.isPresent()
                        ? line.sku().value().equals(sku.get())
                        : scene.memory()
                                .handled()
                                .filter(p -> p.id().equals(line.productId().value()))
                                .isPresent())
                .toList();
    }

    private boolean isMeant(PricedLine line) {
        Wish wish = scene.wish();
        Product named = Product.of(line);
        Product product = scene.memory().product(named.id()).orElse(named);
        boolean kind = wish.facets()
                .category()
                .map(k -> product.isOf(k) || named.isOf(k))
                .orElse(true);
        boolean colour = wish.facets().colour().map(line.color()::equals).orElse(true)
                || product.nameWords().contains(wish.facets().colour().orElse(""));
        boolean size = wish.facets().size().map(line.size()::equals).orElse(true);
        boolean name = wish.names().stream().allMatch(word -> named.nameWords().contains(Vocabulary.singular(word)));
        return kind && colour && size && name;
    }
}
