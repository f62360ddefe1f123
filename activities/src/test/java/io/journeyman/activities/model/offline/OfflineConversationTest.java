package io.journeyman.activities.model.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.Payment.KeptCard;
import io.journeyman.contracts.PostPurchase.WarrantyState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole conversations, over results shaped like the contracts'. */
final class OfflineConversationTest {
    private final Talk talk = new Talk();

    @Test
    void aReturnIsLedFromThePieceToTheReasonToTheProposal() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("I want to return something from order JM-ABCD123456"))
                .contains("River Cotton Kurta", "Marigold Wrap Dress")
                .endsWith(Question.WHICH_TO_RETURN.words());
        assertThat(talk.says("the blue kurta")).endsWith(Question.WHY_RETURN.words());
        assertThat(talk.says("I changed my mind"))
                .contains(
                        "River Cotton Kurta", "The return costs ₹49", "You get back ₹1,450", "Nothing is returned yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls())
                .last()
                .isEqualTo(
                        "return_items {\"orderId\":\"JM-ABCD123456\",\"items\":[{\"sku\":\"T-1-L-BLUE\"}],\"reason\":\"changed_mind\"}");
    }

    @Test
    void aReturnMayBeRefundedAsStoreCredit() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");

        assertThat(talk.says("return order JM-ABCD123456 for store credit, I changed my mind"))
                .contains("as store credit");
        assertThat(talk.calls()).last().asString().contains("\"refundTo\":\"store_credit\"");
    }

    @Test
    void aReturnThatIsSaidInOneSentenceIsProposedAtOnce() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("Please take back the red dress from order JM-ABCD123456, I want a refund, it came torn"))
                .contains("Marigold Wrap Dress")
                .doesNotContain("River");
        assertThat(talk.calls()).last().asString().contains("\"damaged\"");
    }

    @Test
    void anExchangeIsLedFromThePieceToWhatComesForItToTheProposal() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("I would like to exchange something from order JM-ABCD123456"))
                .contains("River Cotton Kurta", "Marigold Wrap Dress")
                .endsWith(Question.WHICH_TO_SWAP.words());
        assertThat(talk.says("the blue kurta")).endsWith(Question.SWAP_FOR.words());
        assertThat(talk.says("size XXL"))
                .contains("River Cotton Kurta in XXL, blue", "There is nothing to pay", "Nothing is exchanged yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls())
                .last()
                .isEqualTo(
                        "exchange_items {\"orderId\":\"JM-ABCD123456\",\"item\":{\"sku\":\"T-1-L-BLUE\"},\"instead\":{\"size\":\"XXL\"},\"reason\":\"does_not_fit\"}");
    }

    @Test
    void anExchangeThatIsSaidInOneSentenceIsProposedAtOnce() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("exchange the blue kurta L from order JM-ABCD123456 for S"))
                .contains("River Cotton Kurta in L, blue", "River Cotton Kurta in S, blue");
        assertThat(talk.says("exchange the red dress from order JM-ABCD123456 for yellow"))
                .contains("Marigold Wrap Dress in M, yellow");
        assertThat(talk.calls()).last().asString().contains("\"changed_mind\"");
    }

    @Test
    void anotherProductComesForItAndItsDifferenceIsTold() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");

        assertThat(talk.says(
                        "please exchange my kurta from order JM-ABCD123456 for the Lotus Silk Kurta in red, size M"))
                .contains("Lotus Silk Kurta in M, red", "You pay ₹1,000 now");
        assertThat(talk.says("exchange the kurta from order JM-ABCD123456 for the Banyan Linen Kurta in green, size M"))
                .contains("You get back ₹200 once yours was looked at");
    }

    @Test
    void storeCreditPaysTheDifferenceOfAnExchangeWhenItsCustomerSaysSo() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        String wish = "exchange my kurta from order JM-ABCD123456 for the Lotus Silk Kurta in red, size M";

        assertThat(talk.says(wish + ", and pay with my store credit"))
                .contains("Lotus Silk Kurta in M, red", "Of ₹1,000 store credit pays ₹500, and you pay ₹500 now");
        assertThat(talk.calls()).last().asString().endsWith("\"useCredit\":true}");
        var other = new Talk();
        other.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        assertThat(other.says(wish)).contains("You pay ₹1,000 now");
        assertThat(other.says("use my store credit")).contains("store credit pays ₹500");
    }

    @Test
    void whatComesInExchangeIsCollectedWhereItsCustomerSaysSo() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");

        assertThat(talk.says(
                        "exchange the kurta from order JM-ABCD123456 for S and collect it at the Harbour Road store"))
                .contains(
                        "River Cotton Kurta in S, blue",
                        "ready to be collected at the Harbour Road store once yours is here")
                .doesNotContain("sent once");
        assertThat(talk.calls())
                .last()
                .asString()
                .contains("\"instead\":{\"size\":\"S\"}", "\"deliveryOption\":\"collect\",\"store\":\"Harbour Road\"");
    }

    @Test
    void whatCannotBeHadInExchangeIsSaid() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");

        assertThat(talk.says("exchange order JM-ABCD123456 for size M"))
                .contains("sold out")
                .endsWith(Question.SWAP_FOR.words());
        assertThat(talk.says("XXXL")).contains("not made like that");
        assertThat(talk.without("exchange_items").says("exchange order JM-ABCD123456 for size S"))
                .contains("cannot arrange in one step");
    }

    @Test
    void theSameAgainIsPutIntoTheCartAndWhatIsGoneIsSaid() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-4-M-RED");

        assertThat(talk.says("order the same again, please"))
                .contains("River Cotton Kurta in L, blue", "Ember Slip Dress in M, red is sold out just now", "₹1,499")
                .endsWith(Question.CHECKOUT.words());
        assertThat(talk.calls()).last().isEqualTo("order_again {}");
        assertThat(talk.says("yes")).contains("River Cotton Kurta").endsWith(Question.CONFIRM.words());
    }

    @Test
    void thereIsNothingToOrderAgainBeforeTheFirstOrder() {
        assertThat(talk.says("reorder")).contains("no such order yet").endsWith(Question.WHAT.words());
        assertThat(new Talk().asGuest().says("repeat my order")).contains("sign in first");
    }

    @Test
    void whoLeavesAReturnAloneIsNotAskedAgain() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        talk.says("I want to return order JM-ABCD123456");

        assertThat(talk.says("no, leave it")).doesNotContain("return");
        assertThat(talk.says("show me kurtas")).contains("River Cotton Kurta");
    }

    @Test
    void tellsUntilWhenTheShopAnswersForAPieceAndClaimsWhatFailed() {
        talk.shop.warrants("JM-ABCD123456", "T-6-9-BLACK", WarrantyState.running);
        talk.shop.warrants("JM-ABCD123456", "T-5-M-RED", WarrantyState.none);

        assertThat(talk.says("are my harbour runners still under warranty?"))
                .contains("The Harbour Runners of order JM-ABCD123456 is under warranty until", "It covers: Defects.")
                .doesNotContain("Marigold");
        assertThat(talk.says("is the marigold wrap dress under warranty?")).contains("was sold without a warranty");
        assertThat(talk.says("I want to claim the warranty, my harbour runners came apart"))
                .contains("₹3,999", "Nothing is claimed yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls())
                .last()
                .asString()
                .isEqualTo("claim_warranty {\"orderId\":\"JM-ABCD123456\",\"items\":[{\"sku\":\"T-6-9-BLACK\"}]}");

        talk.shop.claimRefused = "returnable";
        assertThat(talk.says("warranty claim: the harbour runners broke")).contains("can still be returned");
    }

    @Test
    void anOrderIsCancelledAsAWholeAfterAProposal() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("I want to cancel my order JM-ABCD123456 completely"))
                .contains(
                        "River Cotton Kurta",
                        "Marigold Wrap Dress",
                        "The delivery fee of ₹49 goes back",
                        "the way you paid: card, account or store credit",
                        "Nothing is cancelled yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls()).last().asString().startsWith("cancel_items {\"orderId\":\"JM-ABCD123456\"");
        assertThat(talk.says("never mind, cancel that")).contains("Nothing is cancelled unless you confirm it");
    }

    @Test
    void aPieceOfAnOrderIsCancelledOnceItIsClearWhichOne() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("cancel something from my order"))
                .contains("River Cotton Kurta", "Marigold Wrap Dress")
                .endsWith(Question.WHICH_TO_CANCEL.words());
        assertThat(talk.says("the red dress")).contains("Marigold Wrap Dress").doesNotContain("River", "delivery fee");
        assertThat(talk.calls())
                .last()
                .isEqualTo("cancel_items {\"orderId\":\"JM-ABCD123456\",\"items\":[{\"sku\":\"T-5-M-RED\"}]}");
    }

    @Test
    void onePieceOfAnOrderIsNotAllOfIt() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE", "T-5-M-RED");

        assertThat(talk.says("please cancel 1 piece of order JM-ABCD123456"))
                .endsWith(Question.WHICH_TO_CANCEL.words());
    }

    @Test
    void whatHasLeftCanOnlyBeSentBack() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        talk.shop.left = true;

        assertThat(talk.says("please cancel my order JM-ABCD123456 now")).contains("has left already", "send it back");
    }

    @Test
    void aProposalThatWasJustMadeIsNotAnOrderToCancel() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        talk.says("add the Lotus Silk Kurta in blue, size XXL to my cart");
        talk.says("checkout");

        assertThat(talk.says("oh no, cancel my order")).contains("Nothing is ordered");
    }

    @Test
    void aProposalThatHasBecomeAnOrderIsTheOneToCancel() {
        talk.says("add the Lotus Silk Kurta in blue, size XXL to my cart");
        talk.says("checkout");
        talk.shop.confirmed("JM-ABCD123456");

        assertThat(talk.says("oh no, cancel my order")).contains("Nothing is cancelled yet");
        assertThat(talk.calls()).last().asString().startsWith("cancel_items {\"orderId\":\"JM-ABCD123456\"");
    }

    @Test
    void anOrderIsSentElsewhereWithTheAddressInTheSentenceOrAfterIt() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        String address =
                "{\"name\":\"Meera Nair\",\"line1\":\"4 Park Street\",\"city\":\"Kolkata\",\"pincode\":\"700016\"}}";

        assertThat(talk.says("please send my order JM-ABCD123456 to Meera Nair, 4 Park Street, Kolkata 700016 instead"))
                .contains("would go to Kolkata instead", "nothing to pay", "Nothing is changed yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls())
                .last()
                .isEqualTo("change_address {\"orderId\":\"JM-ABCD123456\",\"address\":" + address);
        assertThat(talk.says("can you change the address of my order?")).endsWith(Question.NEW_ADDRESS.words());
        assertThat(talk.says("Meera Nair, 4 Park Street, Kolkata 700016")).contains("would go to Kolkata instead");
        assertThat(talk.calls()).last().isEqualTo("change_address {\"address\":" + address);
    }

    @Test
    void whatOfAnOrderHasNotLeftIsSentElsewhere() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        talk.shop.staying = "River Cotton Kurta";

        assertThat(talk.says("send my order JM-ABCD123456 to Meera Nair, 4 Park Street, Kolkata 700016 instead"))
                .contains(
                        "Of your order JM-ABCD123456 what has not left yet, Banyan Linen Kurta, would go to Kolkata instead",
                        "What has left already comes to the address that you gave first: River Cotton Kurta.")
                .endsWith(Question.CONFIRM.words());
    }

    @Test
    void theNumbersOfWhereAnOrderShallGoAreNoPrices() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        talk.shop.left = true;
        talk.says("send my order JM-ABCD123456 to Meera Nair, 1473 Park Street, Kolkata 700029 instead");

        assertThat(talk.says("show me kurtas")).doesNotContain("1,473", "700029", "7,00,029");

        assertThat(talk.calls()).last().asString().doesNotContain("PriceMinor");
    }

    @Test
    void anOrderThatHasLeftIsNotSentElsewhere() {
        talk.shop.sold("JM-ABCD123456", "T-1-L-BLUE");
        talk.shop.left = true;

        assertThat(talk.says("send my order to Meera Nair, 4 Park Street, Kolkata 700016 instead"))
                .contains("has left already");
    }

    @Test
    void fromHelloToAProposal() {
        assertThat(talk.says("hi")).contains("offline model").endsWith(Question.WHAT.words());
        assertThat(talk.says("I need a blue kurta in XXL under 3000"))
                .doesNotContain("offline model")
                .contains("1. River Cotton Kurta, ₹1,499", "2. Lotus Silk Kurta, ₹2,499");
        assertThat(talk.calls())
                .first()
                .isEqualTo(
                        "get_recommendations {\"category\":\"kurtas\",\"size\":\"XXL\",\"color\":\"blue\",\"maxPriceMinor\":300000,\"limit\":4}");
        assertThat(talk.says("the second one"))
                .contains("Lotus Silk Kurta", "₹2,499")
                .endsWith(Question.ADD.words());
        assertThat(talk.says("yes please"))
                .contains("in XXL, blue", "Cloud Pyjama")
                .endsWith(Question.GO_WITH.words());
        assertThat(talk.calls().getFirst()).isEqualTo("add_to_cart {\"sku\":\"T-2-XXL-BLUE\",\"quantity\":1}");
        assertThat(talk.says("no thanks")).endsWith(Question.CHECKOUT.words());
        assertThat(talk.says("any offers?")).contains("silver", "320 points", "₹74.95", "WELCOME10");
        assertThat(talk.says("checkout"))
                .contains("Lotus Silk Kurta", "Saturday 28 November", "Total ₹2,473.05", "Nothing is ordered yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls()).containsExactly("initiate_checkout {}");
    }

    @Test
    void whatIsMissingInTheWantedSizeIsSaidAndReplacedAtOnce() {
        String reply = talk.says("Do you have the River Cotton Kurta in M?");

        assertThat(reply)
                .contains("the River Cotton Kurta is not available in size M just now")
                .contains("Lotus Silk Kurta", "Banyan Linen Kurta")
                .endsWith(Question.WHICH_ONE.words());
        assertThat(talk.calls())
                .contains(
                        "get_recommendations {\"likeProductId\":\"T-1\",\"purpose\":\"alternatives\",\"size\":\"M\",\"limit\":4}");
        assertThat(talk.says("I'll take the second one")).contains("Banyan Linen Kurta in M, green is in your cart");
    }

    @Test
    void whatIsSoldOutEverywhereIsReplacedByWhatIsLikeIt() {
        assertThat(talk.says("show me the Ember slip dress"))
                .contains("out of stock everywhere", "1. Marigold Wrap Dress")
                .doesNotContain("In stock: sizes");
    }

    @Test
    void whatIsSoldOutAndToComeCanBeOrderedForItsDay() {
        talk.shop.toCome.put("T-4", LocalDate.of(2026, 12, 12));

        assertThat(talk.says("show me the Ember slip dress"))
                .contains(
                        "not in the shop just now",
                        "in S, red, expected Saturday 12 December; in M, red, expected Saturday 12 December")
                .endsWith(Question.WHICH_SIZE.words());
        assertThat(talk.says("M")).contains("can be ordered now in M, red, expected Saturday 12 December");
        assertThat(talk.says("yes, four of them")).contains("only 3 pieces");
        assertThat(talk.says("add one to my cart"))
                .contains("Ember Slip Dress in M, red is in your cart", "It is expected Saturday 12 December");
    }

    @Test
    void whatCanBeOrderedAheadIsListedWithItsDay() {
        talk.shop.toCome.put("T-4", LocalDate.of(2026, 12, 12));

        assertThat(talk.says("show me red dresses"))
                .contains(
                        "Ember Slip Dress, ₹2,799 (can be ordered ahead, arrives from 12 December)",
                        "Marigold Wrap Dress, ₹2,199")
                .doesNotContain("sold out");
        assertThat(talk.says("show me red dresses, in stock only")).isNotEmpty();
        assertThat(talk.calls()).last().asString().contains("\"inStock\":true");
    }

    @Test
    void whatAStoreHasIsListedAndWhatItHasNotIsFoundElsewhere() {
        assertThat(talk.says("which kurtas do you have at the Harbour Road store?"))
                .contains("In Harbour Road (Mumbai) we have kurtas", "River Cotton Kurta", "Banyan Linen Kurta")
                .doesNotContain("Lotus")
                .endsWith(Question.WHICH_ONE.words());
        assertThat(talk.says("and in your Indiranagar store, any dresses?"))
                .contains("In Indiranagar (Bengaluru) there is nothing like that just now", "Marigold Wrap Dress");
    }

    @Test
    void whatTheShopSellsTogetherIsToldWithWhatTheWholeCosts() {
        talk.says("the marigold wrap dress");

        assertThat(talk.says("what goes with it?"))
                .contains(
                        "Together as the Garden Party Set: the Marigold Wrap Dress and the Harbour Runners, from ₹6,198 in all.");
        assertThat(new Talk().says("add the marigold wrap dress in S, yellow")).contains("Garden Party Set");
    }

    @Test
    void aNumberIsAProductAndNoPrice() {
        assertThat(talk.says("is T-2 in stock?")).contains("The Lotus Silk Kurta costs ₹2,499", "In stock");
        assertThat(talk.says("add T-5 in S, yellow to my cart"))
                .contains("Marigold Wrap Dress in S, yellow is in your cart");
    }

    @Test
    void whatIsNotWantedStaysAwayUntilItIsWanted() {
        talk.says("show me kurtas");

        talk.says("blue nahi chahiye");
        assertThat(talk.calls().getFirst()).contains("\"query\":\"without blue\"", "\"category\":\"kurtas\"");
        talk.says("under 2000");
        assertThat(talk.calls().getFirst()).contains("without blue");
        talk.says("I want a blue kurta");
        assertThat(talk.calls().getFirst()).contains("\"color\":\"blue\"").doesNotContain("without");
    }

    @Test
    void aNumberInANameIsNoQuantity() {
        assertThat(talk.says("Add 2 of the Light Forest Lantern 11 in blue, size L to my cart"))
                .contains("2 × Light Forest Lantern 11 in L, blue are in your cart");
        assertThat(new Talk().says("add the Light Forest Lantern 11 in L, 3 pieces"))
                .contains("3 × Light Forest Lantern 11");
    }

    @Test
    void morePiecesThanOnePlaceHasAreNotAddedUnlessTheyCanBeOrderedAhead() {
        talk.shop.scattered.add("T-11");
        assertThat(talk.says("add the Light Forest Lantern 11 in L, 3 pieces"))
                .contains("there is only 1 piece in one place");

        var another = new Talk();
        another.shop.scattered.add("T-11");
        another.shop.toCome.put("T-11", LocalDate.of(2026, 12, 12));
        assertThat(another.says("add the Light Forest Lantern 11 in L, 3 pieces"))
                .contains("3 × Light Forest Lantern 11", "They are expected Saturday 12 December");
    }

    @Test
    void whatWasFoundAndNotShownCannotBePointedAt() {
        assertThat(talk.says("i want something blue")).endsWith(Question.WHAT.words());

        assertThat(talk.says("add the first one")).doesNotContain("in your cart");
    }

    @Test
    void whatNoVocabularyKnowsIsSearchedForAsItIsTyped() {
        assertThat(talk.says("harbour runners")).contains("The Harbour Runners cost ₹3,999");
        assertThat(talk.says("qwer asdf")).contains("I cannot help with that");
        assertThat(talk.says("do you have a stove?"))
                .as("neither a store nor a stole")
                .contains("Camping Stove", "₹1,899");
    }

    @Test
    void aReservationAsksForTheStoreOnce() {
        talk.says("I am looking for the Banyan linen kurta in size L");

        assertThat(talk.says("can you reserve it for me?"))
                .contains("Harbour Road (Mumbai)", "Indiranagar (Bengaluru)")
                .endsWith(Question.STORE.words());
        assertThat(talk.says("Indranagar please"))
                .contains("kept for you in Indiranagar, Bengaluru", "Nothing is reserved yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls())
                .containsExactly("reserve_in_store {\"sku\":\"T-3-L-GREEN\",\"storeId\":\"ST-2\",\"quantity\":1}");
    }

    @Test
    void whatAStoreKeepsIsDeliveredInstead() {
        talk.shop.reserved.add("RS-ABC123");
        for (String said : new String[] {
            "Deliver my reservation instead",
            "can you send my reservation to me please",
            "I want to buy my reservation online",
            "turn my reservation into an order",
            "please order what I reserved",
            "can my reservation be delivered to my home?",
        }) {
            assertThat(talk.says(said))
                    .as(said)
                    .contains("Banyan Linen Kurta", "Delivery to Bengaluru", "Nothing is ordered yet");
            assertThat(talk.calls()).as(said).containsExactly("initiate_checkout {\"reservationId\":\"mine\"}");
        }
        assertThat(talk.says("express please")).contains("Express delivery");
        assertThat(talk.calls())
                .containsExactly("initiate_checkout {\"deliveryOption\":\"express\",\"reservationId\":\"mine\"}");
    }

    @Test
    void ofTwoReservationsTheNamedOneIsDelivered() {
        talk.shop.reserved.addAll(java.util.List.of("RS-ABC123", "RS-DEF456"));
        assertThat(talk.says("deliver my reservation")).contains("RS-ABC123", "RS-DEF456", "Which one");
        assertThat(talk.says("deliver my reservation RS-def456")).contains("Nothing is ordered yet");
        assertThat(talk.calls()).containsExactly("initiate_checkout {\"reservationId\":\"RS-DEF456\"}");
    }

    @Test
    void anAddressForAReservationIsAskedForAndTheReservationIsNotForgotten() {
        talk.shop.reserved.add("RS-ABC123");
        talk.shop.hasAddress = false;
        assertThat(talk.says("Deliver my reservation instead")).endsWith(Question.ADDRESS.words());
        assertThat(talk.says("Asha Rao, 14 12th Main Road, Indiranagar, Bengaluru 560 038"))
                .contains("Banyan Linen Kurta", "Total");
        assertThat(talk.calls()).hasSize(1).first().asString().contains("\"reservationId\":\"mine\"");
    }

    @Test
    void withoutAReservationNothingIsDelivered() {
        assertThat(talk.says("Deliver my reservation instead")).contains("no reservation of yours");
        assertThat(talk.says("where is my reservation?")).contains("cannot look a reservation up");
    }

    @Test
    void aMissingAddressIsAskedForAndUnderstoodAsItIsTyped() {
        talk.shop.hasAddress = false;
        talk.says("add the Temple saree to my cart");
        assertThat(talk.says("checkout")).endsWith(Question.ADDRESS.words());
        assertThat(talk.says("Asha Rao, 14 12th Main Road, Indiranagar, Bengaluru 560 038, phone 98450 12345"))
                .contains("Bengaluru", "Total");
        assertThat(talk.calls())
                .containsExactly(
                        "initiate_checkout {\"address\":{\"name\":\"Asha Rao\",\"line1\":\"14 12th Main Road, Indiranagar\",\"city\":\"Bengaluru\",\"pincode\":\"560038\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout, send it to ", "send it to ", ""})
    void whatWasToBeCollectedIsSentToTheAddressThatIsGiven(String lead) {
        talk.says("add the Temple saree to my cart");
        talk.says("checkout and collect it in the nearest store");
        assertThat(talk.calls()).last().isEqualTo("initiate_checkout {\"deliveryOption\":\"collect\"}");

        talk.says(lead + "Meera Nair, 4 Park Street, Kolkata 700016");

        assertThat(talk.calls())
                .last()
                .isEqualTo("initiate_checkout {\"address\":{\"name\":\"Meera Nair\",\"line1\":\"4 Park Street\","
                        + "\"city\":\"Kolkata\",\"pincode\":\"700016\"}}");
    }

    @Test
    void whatIsWishedBesideAnAddressIsNoPartOfIt() {
        talk.shop.hasAddress = false;
        talk.says("add the Temple saree to my cart");
        String ashas =
                "\"address\":{\"name\":\"Asha Rao\",\"line1\":\"14 12th Main Road, Indiranagar\",\"city\":\"Bengaluru\",\"pincode\":\"560038\"}";
        String address = "Asha Rao, 14 12th Main Road, Indiranagar, Bengaluru 560038";

        talk.says("checkout, send it to " + address);
        assertThat(talk.calls()).containsExactly("initiate_checkout {" + ashas + "}");
        talk.says("checkout with WELCOME10, send it to " + address);
        assertThat(talk.calls()).containsExactly("initiate_checkout {\"coupon\":\"WELCOME10\"," + ashas + "}");
        talk.says("checkout and use my points, send it to " + address);
        assertThat(talk.calls())
                .containsExactly("initiate_checkout {\"coupon\":\"WELCOME10\",\"usePoints\":true," + ashas + "}");
        talk.says("place the order and ship it to " + address);
        assertThat(talk.calls()).hasSize(1).first().asString().endsWith(ashas + "}");
    }

    @Test
    void storeCreditPaysOnceTheCustomerSaysSoAndUntilTheySayOtherwise() {
        assertThat(talk.says("how much store credit do I have?")).contains("₹500", Question.CHECKOUT.words());
        talk.says("add the Temple saree to my cart");
        talk.says("checkout");
        assertThat(talk.calls()).containsExactly("initiate_checkout {}");
        assertThat(talk.says("use my store credit")).contains("Store credit pays ₹500 of it", "is left to pay");
        assertThat(talk.calls()).containsExactly("initiate_checkout {\"useCredit\":true}");
        talk.says("express, please");
        assertThat(talk.calls())
                .containsExactly("initiate_checkout {\"deliveryOption\":\"express\",\"useCredit\":true}");
        talk.says("without my store credit");
        assertThat(talk.calls()).containsExactly("initiate_checkout {\"deliveryOption\":\"express\"}");
        talk.says("checkout");
        assertThat(talk.calls()).containsExactly("initiate_checkout {\"deliveryOption\":\"express\"}");
    }

    @Test
    void whoAsksForTheirStoreCreditHearsWhatOfItEndsWhen() {
        talk.shop.expiring = List.of(
                new ExpiringCredit(Money.inr(20_000), Instant.parse("2027-06-30T18:30:00Z")),
                new ExpiringCredit(Money.inr(10_000), Instant.parse("2027-12-31T18:30:00Z")));

        assertThat(talk.says("how long is my credit good for?"))
                .contains("₹500 of store credit, ₹200 of it until 30 June 2027, ₹100 of it until 31 December 2027");
        assertThat(talk.says("until when can I use my store credit?")).contains("₹200 of it until 30 June 2027");
        assertThat(talk.says("how much store credit do I have?"))
                .contains("₹500 of store credit, ₹200 of it until 30 June 2027, ₹100 of it until 31 December 2027");
    }

    @Test
    void keptCardsAreToldAndForgottenByTheirLastDigits() {
        talk.shop.cards = List.of(
                new KeptCard("Visa", "4242", Optional.of("12/30"), "Visa ending 4242", List.of(new OrderId("JM-1"))),
                new KeptCard("Mastercard", "4444", Optional.empty(), "Mastercard ending 4444", List.of()));

        assertThat(talk.says("which cards do you have of mine?"))
                .contains("Visa ending 4242 (12/30)", "Mastercard ending 4444");
        assertThat(talk.calls()).containsExactly("get_saved_cards {}");
        assertThat(talk.says("forget my card")).endsWith(Question.WHICH_CARD.words());
        assertThat(talk.says("the one that ends with 4242"))
                .contains("Visa ending 4242", "goes on: JM-1", "Nothing is forgotten yet")
                .endsWith(Question.CONFIRM.words());
        assertThat(talk.calls()).containsExactly("forget_cards {\"last4\":\"4242\"}");
        assertThat(new Talk().asGuest().says("remove my saved cards")).contains("sign in");
    }

    @Test
    void storeCreditThatPaysAllLeavesNothingToPayAndWhoHasNoneHearsIt() {
        talk.shop.credit = Money.inr(10_000_000);
        talk.says("add the Temple saree to my cart");
        assertThat(talk.says("checkout with my store credit")).contains("nothing is left to pay");

        talk.shop.credit = Money.inr(0);
        assertThat(talk.says("how much store credit do I have?")).contains("You have no store credit");
        assertThat(new Talk().asGuest().says("how much store credit do I have?"))
                .contains("sign in");
    }

    @Test
    void whileAnAddressIsAskedForSomethingElseMayGoIntoTheCart() {
        talk.shop.hasAddress = false;
        talk.says("add the Temple saree to my cart");
        for (String said : new String[] {
            "Add the River Cotton Kurta in blue, size L to my cart",
            "add the Lotus Silk Kurta in red in size M",
            "Reserve the Banyan Linen Kurta in L, green, in the Indiranagar store",
        }) {
            assertThat(talk.says("checkout")).endsWith(Question.ADDRESS.words());
            assertThat(talk.says(said)).as(said).doesNotContain("still missing");
            assertThat(talk.calls().getLast())
                    .as(said)
                    .containsAnyOf("add_to_cart", "complementary", "reserve_in_store");
        }
    }

    @Test
    void aThingThatComesWithAnotherIsFoundByItsWholeName() {
        assertThat(talk.says("show me the Saffron Kurta Set with Stole"))
                .contains("The Saffron Kurta Set with Stole costs ₹3,499.");
        assertThat(talk.calls()).noneMatch(call -> call.contains("scarves"));
        assertThat(talk.says("add the Saffron Kurta Set with Stole in M"))
                .contains("Saffron Kurta Set with Stole in M, yellow is in your cart");
        assertThat(new Talk().says("a kurta with a stole in size L")).contains("River Cotton Kurta");
    }

    @Test
    void theNumbersOfAnAddressAreNoPrices() {
        talk.shop.hasAddress = false;
        talk.says("Add the River Cotton Kurta in blue, size L to my cart");
        talk.says("checkout, send it to Asha Rao, 1004 Park Street, Kolkata 700016");

        talk.says("show me kurtas");

        assertThat(talk.calls()).first().asString().doesNotContain("maxPriceMinor");
    }

    @Test
    void fewLeftIsSaidOnlyWithTheCountThatWasAnswered() {
        talk.shop.few("T-2", 7);
        assertThat(talk.says("the lotus silk kurta in L")).contains("There are 7 left in all sizes and colours");
        assertThat(talk.says("the lotus silk kurta in blue, size L")).contains("There are 4 left in L, blue");
        assertThat(talk.says("in red please")).doesNotContain("7 left");
        assertThat(new Talk().says("the lotus silk kurta in L")).doesNotContain("left");
    }

    @Test
    void aGuestIsAskedToSignInBeforeAnyProposal() {
        Talk guest = new Talk().asGuest();
        guest.says("add the temple saree");
        assertThat(guest.says("checkout")).contains("sign in");
        assertThat(guest.calls()).isEmpty();
        assertThat(guest.says("reserve it in Mumbai")).contains("sign in");
    }

    @Test
    void aPartThatIsDownIsSaidAndTheRestGoesOn() {
        talk.shop.down = "check_inventory";
        assertThat(talk.says("blue kurta in XXL"))
                .contains("stock list does not answer", "₹1,499")
                .contains("River Cotton Kurta");
        talk.shop.down = "get_order_status";
        assertThat(talk.says("where is my order?")).contains("order desk does not answer");
        assertThat(talk.says("any offers?")).contains("silver");
    }

    @Test
    void theCheaperTheBlueAndTheNamedOneAreUnderstood() {
        talk.says("show me kurtas in L");
        assertThat(talk.says("the cheapest one")).contains("Banyan Linen Kurta", "₹1,299");
        assertThat(talk.says("the lotus one")).contains("Lotus Silk Kurta");
        assertThat(talk.says("do you have it in red?"))
                .contains("Lotus Silk Kurta", "red")
                .endsWith(Question.ADD.words());
        assertThat(talk.says("do you have it in yellow?")).contains("is not made in size L and yellow");
    }

    @Test
    void somethingCheaperAndTooExpensiveLookForLess() {
        talk.says("the lotus silk kurta in L");

        assertThat(talk.says("something cheaper?")).contains("River Cotton Kurta", "Banyan Linen Kurta");
        assertThat(talk.calls().getFirst()).contains("\"likeProductId\":\"T-2\"", "\"maxPriceMinor\":249899");
        talk.says("the lotus silk kurta");
        assertThat(talk.says("that's too expensive")).contains("₹2,499").contains("cost less");
        assertThat(talk.calls()).contains("get_applicable_offers {}");
    }

    @Test
    void aNoToWhatGoesWithItIsANoForTheWholeConversation() {
        talk.says("add the temple saree");
        assertThat(talk.says("no")).endsWith(Question.CHECKOUT.words());

        String reply = talk.says("add the marigold wrap dress in S, yellow");

        assertThat(reply).contains("in your cart").endsWith(Question.CHECKOUT.words());
        assertThat(talk.calls()).noneMatch(call -> call.contains("complementary"));
    }

    @Test
    void piecesSizesAndWholeLinesOfTheCartAreChanged() {
        talk.says("add two of the banyan linen kurta in L");
        assertThat(talk.calls()).anyMatch(call -> call.equals("add_to_cart {\"sku\":\"T-3-L-GREEN\",\"quantity\":2}"));
        assertThat(talk.says("make it three")).contains("3 × Banyan Linen Kurta");
        assertThat(talk.says("change it to size S")).contains("3 × Banyan Linen Kurta in S, green");
        assertThat(talk.says("remove one piece of it")).contains("taken out");
        assertThat(talk.says("remove the kurta")).contains("your cart is empty now");
        assertThat(talk.says("what's in my cart?")).contains("Your cart is empty");
    }

    @Test
    void twoAreStillTwoAfterTheQuestionWhichOne() {
        talk.says("show me dresses in S");
        assertThat(talk.says("put two in my cart")).endsWith(Question.WHICH_TO_ADD.words());
        talk.says("the marigold wrap dress");
        assertThat(talk.says("any")).contains("2 × Marigold Wrap Dress");
    }

    @Test
    void theStoreMayBeSaidBeforeTheSize() {
        assertThat(talk.says("reserve the Lotus silk kurta in the Indiranagar store"))
                .endsWith(Question.SIZE_TO_RESERVE.words());
        assertThat(talk.says("XXL")).endsWith(Question.COLOUR_TO_RESERVE.words());
        assertThat(talk.says("the first")).contains("Lotus Silk Kurta in XXL, blue kept for you in Indiranagar");
    }

    @Test
    void expressOrACouponAfterTheProposalMakesANewOne() {
        talk.says("add the temple saree");
        talk.says("checkout");
        assertThat(talk.says("express please")).contains("Express delivery", "₹149");
        talk.says("and use WELCOME10");
        assertThat(talk.calls())
                .containsExactly("initiate_checkout {\"deliveryOption\":\"express\",\"coupon\":\"WELCOME10\"}");
    }

    @Test
    void anAddressMayComeInPieces() {
        talk.shop.hasAddress = false;
        talk.says("add the temple saree");
        talk.says("checkout");
        assertThat(talk.says("Ravi Kumar, Flat 4B Sunrise Apartments, MG Road, Pune"))
                .contains("pincode");
        assertThat(talk.says("411001")).contains("to Pune", "Total");
    }

    @Test
    void whatJustCameIntoTheCartIsTakenBack() {
        talk.says("add the temple saree");

        assertThat(talk.says("cancel that please")).contains("taken out");
        assertThat(talk.calls()).contains("remove_from_cart {\"sku\":\"T-8-ONE-RED\"}");
    }

    @Test
    void wrappingIsAnsweredOnlyWhenItIsOffered() {
        Talk wrapping = talk.with("check_gift_wrapping");
        wrapping.says("the temple saree");
        assertThat(wrapping.says("can you gift wrap it?")).contains("standard for ₹50 or premium for ₹150");
        assertThat(wrapping.calls()).containsExactly("check_gift_wrapping {\"productId\":\"T-8\"}");
    }

    @Test
    void aToolThatIsNotOfferedIsNotAskedFor() {
        Talk poor = talk.without("get_applicable_offers");

        assertThat(poor.says("any offers?")).contains("I cannot do here");
        assertThat(poor.calls()).isEmpty();
    }

    @Test
    void aChannelIsSpokenToInItsOwnWay() {
        assertThat(new Talk().on("voice").says("show me kurtas in L"))
                .contains("First, River Cotton Kurta for 1499 rupees.")
                .doesNotContain("₹", "\n");
        assertThat(new Talk().on("whatsapp").says("show me kurtas in L"))
                .contains("1) River Cotton Kurta, ₹1,499; 2)")
                .doesNotContain("\n");
    }

    @Test
    void aJourneysNewsBetweenTwoMessagesConfusesNothing() {
        talk.says("the temple saree");
        talk.news("Your order JM-0123456789 is confirmed. Thank you!");

        assertThat(talk.says("yes")).contains("Temple Saree in red is in your cart");
    }

    @Test
    void theSameIsNeverAskedForTwiceAndEveryTurnEnds() {
        for (String sentence : new String[] {
            "hi",
            "kurta",
            "wedding",
            "the first",
            "ok",
            "L",
            "red",
            "yes",
            "no",
            "remove it",
            "undo",
            "2",
            "XXL",
            "reserve it",
            "Mumbai",
            "yes",
            "checkout",
            "the last one",
            "cheaper",
            "more",
            "it",
            "???",
            "😀",
            "0",
            "99999999999999",
            "the the the"
        }) {
            assertThat(talk.says(sentence)).as(sentence).isNotBlank().doesNotContain("T-1", "null", "code");
        }
    }

    @Test
    void whoPaysForWhatTheyLookedAtMeansThat() {
        talk.says("I need a blue kurta in size XXL");
        talk.says("the second one");
        talk.says("what offers do I get?");

        assertThat(talk.says("checkout")).contains("1 × Lotus Silk Kurta in XXL, blue", "Nothing is ordered yet");
        assertThat(talk.calls())
                .containsSubsequence(
                        "show_cart {}",
                        "add_to_cart {\"sku\":\"T-2-XXL-BLUE\",\"quantity\":1}",
                        "initiate_checkout {}");
    }

    @Test
    void somethingElseForSomebodyElseBeginsAfresh() {
        talk.says("the temple saree");
        talk.says("something for my husband's office party");

        assertThat(talk.calls()).first().isEqualTo("get_recommendations {\"query\":\"party men\",\"limit\":4}");
        assertThat(talk.says("I need something nice")).endsWith(Question.WHAT.words());
    }

    @Test
    void anyIsAChoiceOnlyWhereNothingElseIsAsked() {
        talk.says("the lotus silk kurta in L");

        assertThat(talk.says("is it available in any store in Mumbai?"))
                .contains("Harbour Road (Mumbai)")
                .endsWith(Question.RESERVE.words());
        assertThat(talk.calls()).noneMatch(call -> call.startsWith("add_to_cart"));
    }

    @Test
    void anotherPersonHasAnotherSize() {
        talk.says("a blue kurta in XXL");
        talk.says("something for my kid's birthday");

        assertThat(talk.calls()).first().isEqualTo("get_recommendations {\"query\":\"party kids\",\"limit\":4}");
    }

    @Test
    void theOnlyOneThatFitsIsShownAtOnce() {
        assertThat(talk.says("a green kurta in XL"))
                .contains("The Banyan Linen Kurta costs ₹1,299.")
                .endsWith(Question.ADD.words());
    }

    @Test
    void whereNothingIsLikeItInThatColourTheSizeAloneDecides() {
        assertThat(talk.says("the banyan linen kurta in L, purple"))
                .contains("is not made in size L and purple", "Similar, and in stock in size L:")
                .contains("River Cotton Kurta", "Lotus Silk Kurta");
        assertThat(talk.calls().stream()
                        .filter(call -> call.startsWith("get_recommendations"))
                        .toList())
                .hasSize(3);
    }
}
