package io.journeyman.activities.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.PostPurchase;
import io.journeyman.contracts.PostPurchase.AskedLine;
import io.journeyman.contracts.PostPurchase.CustomerReviews;
import io.journeyman.contracts.PostPurchase.GetCustomerReviews;
import io.journeyman.contracts.PostPurchase.Review;
import io.journeyman.contracts.PostPurchase.WriteReview;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reviews that customers type. What they think is theirs to say: no model is asked about it and nothing is proposed, and what was said in
 * a turn is written once, however often the step is repeated.
 */
final class SaidReviews {
    private final AgentClient postPurchase;

    SaidReviews(AgentClient postPurchase) {
        this.postPurchase = postPurchase;
    }

    /** Empty where nothing that was asked about is meant, so that something else is. @param text the message that the wish was read from */
    Optional<Reply> answer(CustomerId customer, ReviewWish wish, String text, TurnRef turn) {
        return switch (wish) {
            case ReviewWish.Asks asks -> Optional.of(keep(customer, asks.wanted(), turn));
            case ReviewWish.Rates rates -> keep(customer, rates, text, turn);
        };
    }

    private Reply keep(CustomerId customer, boolean wanted, TurnRef turn) {
        var answer = postPurchase.change(
                "wishReviews",
                "/review-wishes",
                key(turn),
                new PostPurchase.ReviewWish(customer, wanted),
                PostPurchase.ReviewWish.class);
        return Words.reply(
                answer instanceof Answer.Done<?>
                        ? wanted ? "reviews_asked_again" : "reviews_not_asked"
                        : "review_not_kept");
    }

    private Optional<Reply> keep(CustomerId customer, ReviewWish.Rates rates, String text, TurnRef turn) {
        if (!(postPurchase.ask(
                        "getCustomerReviews",
                        "/customer-reviews",
                        new GetCustomerReviews(customer),
                        CustomerReviews.class)
                instanceof Answer.Done<CustomerReviews>(CustomerReviews asked))) {
            return Optional.of(Words.reply("review_not_kept"));
        }
        List<AskedLine> meant = meant(asked.lines(), text);
        if (meant.size() > 1) {
            return Optional.of(Words.whichToReview(
                    meant.stream().map(one -> one.line().name()).distinct().toList()));
        }
        return meant.stream().findFirst().map(one -> written(customer, one, rates, turn));
    }

    private Reply written(CustomerId customer, AskedLine about, ReviewWish.Rates rates, TurnRef turn) {
        var answer = postPurchase.change(
                "writeReview",
                "/reviews",
                key(turn),
                new WriteReview(about.line().sku(), about.orderId(), customer, rates.stars(), rates.words()),
                Review.class);
        return answer instanceof Answer.Done<Review>(Review review)
                ? Words.reviewKept(
                        about.line().name(), review.rating(), review.words().isPresent())
                : Words.reply("review_not_kept");
    }

    private static String key(TurnRef turn) {
        return "said-" + turn.conversation() + "-" + turn.turn();
    }

    /** Those whose name the message has the most of; else those without a review: what is kept already is changed by its name only. */
    private static List<AskedLine> meant(List<AskedLine> lines, String text) {
        Set<String> said = words(text);
        long most = lines.stream().mapToLong(one -> named(one, said)).max().orElse(0);
        if (most > 0) {
            return lines.stream().filter(one -> named(one, said) == most).toList();
        }
        return lines.stream().filter(one -> one.review().isEmpty()).toList();
    }

    private static long named(AskedLine one, Set<String> said) {
        return words(one.line().name()).stream().filter(said::contains).count();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> word.length() > 2)
                .collect(Collectors.toSet());
    }
}
