package io.journeyman.recommendation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ProductId;
import io.journeyman.contracts.Recommendation.Audience;
import io.journeyman.contracts.Recommendation.ImportProduct;
import io.journeyman.contracts.Recommendation.ImportVariant;
import io.journeyman.contracts.Sku;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A large fashion shop, the same for the same numbers: six variants of each product, in three sizes and two colours. */
record LargeShop(int products) {
    private static final String[] THINGS = {
        "Kurta",
        "Saree",
        "Lehenga",
        "Shirt",
        "T-Shirt",
        "Dress",
        "Jeans",
        "Trousers",
        "Skirt",
        "Jacket",
        "Sweater",
        "Sneakers",
        "Sandals",
        "Boots",
        "Backpack",
        "Belt",
        "Scarf",
        "Cardigan",
        "Blazer",
        "Palazzo"
    };
    private static final String[] FABRICS = {
        "Cotton",
        "Silk",
        "Linen",
        "Denim",
        "Velvet",
        "Georgette",
        "Wool",
        "Rayon",
        "Leather",
        "Satin",
        "Chanderi",
        "Khadi"
    };
    private static final String[] STYLES = {
        "Embroidered",
        "Block-Print",
        "Striped",
        "Checked",
        "Floral",
        "Plain",
        "Pleated",
        "Quilted",
        "Ribbed",
        "Tiered",
        "Cropped",
        "Oversized",
        "Slim",
        "Relaxed",
        "Hand-Woven",
        "Mirror-Work"
    };
    private static final String[] COLORS = {
        "red", "blue", "black", "white", "green", "yellow", "pink", "maroon", "navy", "beige", "grey", "mustard"
    };
    private static final String[] PEOPLE = {"women", "men", "kids", "unisex"};
    private static final String[] OCCASIONS = {"casual", "festive", "wedding", "party", "office", "sport", "travel"};
    private static final String[] SENTENCES = {
        "Soft on the skin and easy to wash.", "Made by hand in small workshops.",
                "Falls beautifully and keeps its shape.",
        "Cool all day, also when it is hot.", "Warm without being heavy.", "Pockets where you want them.",
        "Good for long evenings.", "Goes with everything you have."
    };

    List<ImportProduct> page(int from, int count) {
        return IntStream.range(from, Math.min(products, from + count))
                .mapToObj(LargeShop::product)
                .toList();
    }

    private static ImportProduct product(int number) {
        var draw = new Random(number);
        String thing = pick(THINGS, draw);
        String fabric = pick(FABRICS, draw);
        String name = pick(STYLES, draw) + " " + fabric + " " + thing + " " + number;
        List<ImportVariant> variants = new ArrayList<>();
        Money price = Money.inr(100L * (300 + draw.nextInt(9_700)));
        int color = draw.nextInt(COLORS.length - 1);
        for (String size : List.of("S", "M", "L")) {
            for (int c = color; c < color + 2; c++) {
                variants.add(new ImportVariant(
                        new Sku("L-" + number + "-" + size + "-" + COLORS[c]),
                        Optional.of(size),
                        Optional.of(COLORS[c]),
                        price,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of()));
            }
        }
        Audience audience = Audience.valueOf(pick(PEOPLE, draw));
        return new ImportProduct(
                new ProductId("L-" + number),
                name,
                pick(SENTENCES, draw) + " " + pick(SENTENCES, draw) + " A " + thing + " of " + fabric + ".",
                Optional.of("House " + draw.nextInt(97)),
                List.of("Clothing > " + thing + "s"),
                Optional.of(audience),
                List.of(pick(OCCASIONS, draw)),
                List.of(pick(THINGS, draw) + "s", "Belts", "Scarfs"),
                List.of(),
                List.of(),
                List.of(),
                false,
                variants);
    }

    private static String pick(String[] any, Random draw) {
        return any[draw.nextInt(any.length)];
    }
}
