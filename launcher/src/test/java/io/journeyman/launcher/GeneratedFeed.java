package io.journeyman.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Google Merchant feed of a large shop, the same for the same numbers: four variants of each product, in two sizes and two colours. */
record GeneratedFeed(int products) {
    static final int VARIANTS = 4;

    private static final String[] THINGS = {
        "Tent", "Lantern", "Backpack", "Sleeping Bag", "Stove", "Rope", "Jacket", "Boots", "Bottle", "Compass"
    };
    private static final String[] WORDS = {
        "Ridge", "Summit", "Trail", "Alpine", "River", "Storm", "Light", "Nomad", "Forest", "Canyon", "Glacier", "Dune"
    };
    private static final String[] COLORS = {"red", "blue"};
    private static final String[] SIZES = {"S", "L"};

    /** @param reduced which products cost a rupee less than usual */
    void write(Path file, IntPredicate reduced) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write(
                    "id\ttitle\tdescription\tprice\titem_group_id\tbrand\tproduct_type\timage_link\tcolor\tsize\tgtin\n");
            for (int p = 0; p < products; p++) {
                var draw = new Random(p);
                String thing = THINGS[p % THINGS.length];
                String name = name(p, draw);
                int price = 500 + draw.nextInt(9_000) - (reduced.test(p) ? 1 : 0);
                for (int v = 0; v < VARIANTS; v++) {
                    out.write(String.format(
                            Locale.ROOT,
                            "G%1$d-%2$d\t%3$s\t%3$s for long days outdoors, made of what lasts. It weighs %4$d g.\t%5$d.00 INR\tG%1$d\tBrand"
                                    + " %6$d\tOutdoor > Camping > %7$ss\thttps://cdn.example/g%1$d-%2$d.jpg\t%8$s\t%9$s\t%10$s%n",
                            p,
                            v,
                            name,
                            100 + draw.nextInt(3_000),
                            price,
                            p % 97,
                            thing,
                            COLORS[v % 2],
                            SIZES[v / 2],
                            gtin(p * VARIANTS + v)));
                }
            }
        }
    }

    /** What the product of that number is called. */
    static String name(int product) {
        return name(product, new Random(product));
    }

    private static String name(int product, Random draw) {
        return WORDS[draw.nextInt(WORDS.length)] + " " + WORDS[draw.nextInt(WORDS.length)] + " "
                + THINGS[product % THINGS.length] + " " + product;
    }

    /** The ids of all variants, as the shop knows them. */
    Stream<String> skus() {
        return IntStream.range(0, products)
                .boxed()
                .flatMap(product -> IntStream.range(0, VARIANTS).mapToObj(variant -> "G" + product + "-" + variant));
    }

    /** Whose variant that is. */
    static int product(String sku) {
        return Integer.parseInt(sku.substring(1, sku.indexOf('-')));
    }

    private static String gtin(int number) {
        String digits = String.format(Locale.ROOT, "%012d", 890_000_000_000L + number);
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(digits.length() - 1 - i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return digits + (10 - sum % 10) % 10;
    }
}
