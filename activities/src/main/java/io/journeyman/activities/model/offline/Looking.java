package io.journeyman.activities.model.offline;

import io.journeyman.activities.model.offline.Transcript.Done;
import io.journeyman.contracts.Inventory.StoreStock;
import io.journeyman.contracts.Inventory.VariantStock;
import java.util.List;
import java.util.Optional;

/** One product more closely: what it is, in which sizes and colours it is there, and in which stores. */
final class Looking {
    private static final int MOST_STORES = 6;

    private final Scene scene;
    private final Shelves shelves;

    Looking(Scene scene) {
        this.scene = scene;
        this.shelves = new Shelves(scene);
    }

    String at(Product product) {
        Done stock = shelves.stock(product);
        if (stock.problem()) {
            return product.name() + product.costs() + scene.phrases().money(product.price()) + ". "
                    + scene.trouble(stock);
        }
        List<VariantStock> toCome = Shelves.toCome(stock);
        if (!toCome.isEmpty()) {
            return ahead(product, toCome);
        }
        if (!Shelves.there(stock)) {
            return shelves.missing(product, stock);
        }
        String few = shelves.fewLeft(stock);
        if (scene.wish().does(Act.store)) {
            return stores(product, stock);
        }
        boolean first = scene.phrases().page() && !scene.memory().saidBefore(product.description());
        String what = "The " + product.name() + product.costs()
                + scene.phrases().money(product.price()) + ". " + (first ? product.description() + " " : "");
        return what + choices(stock) + few + question(stock);
    }

    /** Sold out, and sold all the same: with the day, and the same question as for what is there. */
    private String ahead(Product product, List<VariantStock> toCome) {
        String soldOut =
                "The " + product.name() + product.costs() + scene.phrases().money(product.price())
                        + (product.plural() ? ", and are" : ", and is") + " not in the shop just now. ";
        if (toCome.size() == 1) {
            VariantStock one = toCome.getFirst();
            return soldOut + (product.plural() ? "They" : "It") + " can be ordered now " + Phrases.in(one)
                    + ", expected "
                    + scene.phrases().day(one.orderAhead().orElseThrow().dueOn()) + ". "
                    + Question.ADD.words();
        }
        List<String> days = toCome.stream()
                .map(one -> Phrases.in(one) + ", expected "
                        + scene.phrases().day(one.orderAhead().orElseThrow().dueOn()))
                .toList();
        return soldOut + "What can be ordered now: " + String.join("; ", days) + ". "
                + (Shelves.sizes(toCome).size() > 1 ? Question.WHICH_SIZE : Question.WHICH_COLOUR).words();
    }

    private static String choices(Done stock) {
        List<VariantStock> there = Shelves.inStock(stock);
        List<String> sizes = Shelves.sizes(there);
        List<String> colours = Shelves.colours(there);
        if (sizes.equals(List.of("ONE"))) {
            return "In stock in " + Phrases.and(colours) + ". ";
        }
        if (sizes.size() == 1) {
            return "In stock in size " + sizes.getFirst() + ": " + Phrases.and(colours) + ". ";
        }
        return "In stock: sizes " + Phrases.and(sizes)
                + (colours.size() == 1 ? ", in " + colours.getFirst() : "; colours " + Phrases.and(colours)) + ". ";
    }

    private static String question(Done stock) {
        List<VariantStock> there = Shelves.inStock(stock);
        if (Shelves.sizes(there).size() > 1) {
            return Question.WHICH_SIZE.words();
        }
        return Shelves.colours(there).size() > 1 ? Question.WHICH_COLOUR.words() : Question.ADD.words();
    }

    private String stores(Product product, Done stock) {
        List<StoreStock> stores = Memory.stock(stock).stores();
        if (stores.isEmpty()) {
            return "No store has the " + product.name() + " just now, but we can send it to you. "
                    + Question.ADD.words();
        }
        Optional<String> place = scene.wish().store().or(scene.wish()::city);
        List<StoreStock> near = stores.stream()
                .filter(store -> place.map(said -> isMeant(store, said)).orElse(true))
                .toList();
        if (near.isEmpty()) {
            return "The " + product.name() + product.is() + "not in " + place.orElse("that store") + ", but in "
                    + names(stores) + ". " + Question.RESERVE.words();
        }
        return "The " + product.name() + product.is() + "in " + names(near) + ". " + Question.RESERVE.words();
    }

    private boolean isMeant(StoreStock store, String said) {
        List<String> words = Interpreter.words(said);
        return words.containsAll(Interpreter.words(store.name()))
                || words.containsAll(Interpreter.words(store.city()))
                || scene.wish().city().filter(store.city()::equalsIgnoreCase).isPresent();
    }

    static String names(List<StoreStock> stores) {
        return Phrases.and(stores.stream()
                .limit(MOST_STORES)
                .map(store -> store.name() + " (" + store.city() + ")")
                .toList());
    }
}
