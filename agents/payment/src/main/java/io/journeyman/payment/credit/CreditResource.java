package io.journeyman.payment.credit;

import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.AskReminders;
import io.journeyman.contracts.Payment.CreditAccount;
import io.journeyman.contracts.Payment.CreditReminder;
import io.journeyman.contracts.Payment.CreditReminders;
import io.journeyman.contracts.Payment.ExpiringCredit;
import io.journeyman.contracts.Payment.GetStoreCredit;
import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.contracts.Payment.RefundCredit;
import io.journeyman.contracts.Payment.ReserveCredit;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.Call;
import io.journeyman.kit.ExpiryReminders;
import io.journeyman.kit.Idempotency;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jdbi.v3.core.Jdbi;

/** Store credit over HTTP, each operation as the contract names it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class CreditResource {
    private final StoreCredit credit;
    private final ExpiryReminders reminders;
    private final Jdbi jdbi;
    private final Idempotency idempotency;

    public CreditResource(StoreCredit credit, ExpiryReminders reminders, Jdbi jdbi, Idempotency idempotency) {
        this.credit = credit;
        this.reminders = reminders;
        this.jdbi = jdbi;
        this.idempotency = idempotency;
    }

    @POST
    @Path("/store-credit")
    public io.journeyman.contracts.Payment.StoreCredit getStoreCredit(GetStoreCredit request) {
        return jdbi.inTransaction(handle -> credit.of(handle, request.customerId()));
    }

    @POST
    @Path("/credit-reminders")
    public Response remindOfCredit(@Context Call call, AskReminders request) {
        return idempotency.once(
                call,
                200,
                handle -> new CreditReminders(reminders.next(handle, request.told()).stream()
                        .map(CreditResource::reminder)
                        .toList()));
    }

    private static CreditReminder reminder(ExpiryReminders.Reminder reminder) {
        return new CreditReminder(
                reminder.reminderId(),
                reminder.customerId(),
                reminder.endings().stream()
                        .map(ending -> new ExpiringCredit(ShopCurrency.here().minor(ending.amount()), ending.at()))
                        .toList());
    }

    @GET
    @Path("/credit-accounts/{customerId}")
    public CreditAccount getCreditAccount(@PathParam("customerId") String customerId) {
        return jdbi.inTransaction(handle -> credit.account(handle, new CustomerId(customerId)));
    }

    @POST
    @Path("/credit-grants")
    public Response grantCredit(@Context Call call, GrantCredit request) {
        return idempotency.once(call, 201, handle -> credit.grant(handle, request));
    }

    @POST
    @Path("/credit-grants/{grantId}/take-back")
    public Response takeCreditBack(@Context Call call, @PathParam("grantId") String grantId) {
        return idempotency.once(call, 200, handle -> credit.takeBack(handle, new CreditId(grantId)));
    }

    @POST
    @Path("/credit-uses")
    public Response reserveCredit(@Context Call call, ReserveCredit request) {
        return idempotency.once(call, 201, handle -> credit.reserve(handle, request));
    }

    @POST
    @Path("/credit-uses/{useId}/spend")
    public Response spendCredit(@Context Call call, @PathParam("useId") String useId) {
        return idempotency.once(call, 200, handle -> credit.spend(handle, new CreditId(useId)));
    }

    @POST
    @Path("/credit-uses/{useId}/release")
    public Response releaseCredit(@Context Call call, @PathParam("useId") String useId) {
        return idempotency.once(call, 200, handle -> credit.release(handle, new CreditId(useId)));
    }

    @POST
    @Path("/orders/{orderId}/credit-refunds")
    public Response refundCredit(@Context Call call, @PathParam("orderId") String orderId, RefundCredit request) {
        return idempotency.once(call, 200, handle -> credit.refund(handle, new OrderId(orderId), request));
    }
}
