package io.journeyman.db;

import io.journeyman.contracts.Id;
import io.journeyman.contracts.Json;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.ShopCurrency;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.array.SqlArrayType;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jdbi.v3.jackson2.Jackson2Config;
import org.jdbi.v3.jackson2.Jackson2Plugin;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/**
 * How the house's values meet SQL. An {@link Id} is a text column, also in arrays ({@code = ANY(:skus)}); {@link Money} is a
 * bigint of minor units beside one column {@code currency} of the same row (tables without one are in {@code <shop_currency>}); {@code @Json} columns use {@link Json}; any other
 * record is mapped from columns named like its components (snake_case); {@code Optional} and {@code Instant} as JDBI does.
 */
public final class JourneymanPlugin extends JdbiPlugin.Singleton {
    @Override
    public void customizeJdbi(Jdbi jdbi) {
        jdbi.installPlugin(new SqlObjectPlugin());
        jdbi.installPlugin(new PostgresPlugin());
        jdbi.installPlugin(new Jackson2Plugin());
        jdbi.getConfig(Jackson2Config.class).setMapper(Json.mapper());
        jdbi.define("shop_currency", "'" + ShopCurrency.here().code() + "'");
        jdbi.registerArgument(new IdArgument());
        jdbi.registerArgument(new MoneyArgument());
        jdbi.registerArrayType(
                (type, config) -> isId(type) ? Optional.of(SqlArrayType.<Id>of("text", Id::value)) : Optional.empty());
        jdbi.registerColumnMapper((Type type, ConfigRegistry config) ->
                isId(type) ? Optional.of(idColumn(GenericTypes.getErasedType(type))) : Optional.empty());
        jdbi.registerColumnMapper(Money.class, (row, column, context) -> moneyColumn(row, column));
        jdbi.registerRowMapper((Type type, ConfigRegistry config) -> {
            Class<?> raw = GenericTypes.getErasedType(type);
            return raw.isRecord() && !isId(type) && raw != Money.class
                    ? Optional.of(ConstructorMapper.of(raw))
                    : Optional.empty();
        });
    }

    private static boolean isId(Type type) {
        return Id.class.isAssignableFrom(GenericTypes.getErasedType(type));
    }

    private static ColumnMapper<?> idColumn(Class<?> type) {
        return (row, column, context) -> {
            String value = row.getString(column);
            if (value == null) {
                return null;
            }
            try {
                return type.getDeclaredConstructor(String.class).newInstance(value);
            } catch (InvocationTargetException e) {
                throw new SQLException("column " + column + " holds no " + type.getSimpleName(), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new SQLException(type.getSimpleName() + " has no constructor from a String", e);
            }
        };
    }

    private static Money moneyColumn(ResultSet row, int column) throws SQLException {
        long minor = row.getLong(column);
        return row.wasNull() ? null : new Money(minor, row.getString("currency"));
    }

    private static final class IdArgument extends AbstractArgumentFactory<Id> {
        IdArgument() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(Id value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, value.value());
        }
    }

    private static final class MoneyArgument extends AbstractArgumentFactory<Money> {
        MoneyArgument() {
            super(Types.BIGINT);
        }

        @Override
        protected Argument build(Money value, ConfigRegistry config) {
            return (position, statement, context) -> statement.setLong(position, value.minor());
        }
    }
}
