package io.sessiontracker;

import java.util.List;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionTypeNameTest {

    abstract static class Base extends Session {
        Base() {
            super("k");
        }
    }

    static class CheckoutSession extends Base {}

    static class URLSession extends Base {}

    static class HTTPServer extends Base {}

    static class MyURLSession extends Base {}

    static class Checkout2Session extends Base {}

    static class A1B extends Base {}

    static class OAuth2Token extends Base {}

    static class X extends Base {}

    static class ABC extends Base {}

    @SuppressWarnings("ClassNamingConvention")
    static class aB extends Base {}

    static class lock extends Base {}

    @Test
    void shouldBeTheSimpleNameInKebabCase() {
        assertNamed(CheckoutSession.class, "checkout-session");
        assertNamed(URLSession.class, "url-session");
        assertNamed(HTTPServer.class, "http-server");
        assertNamed(MyURLSession.class, "my-url-session");
        assertNamed(Checkout2Session.class, "checkout2-session");
        assertNamed(A1B.class, "a1-b");
        assertNamed(OAuth2Token.class, "o-auth2-token");
        assertNamed(X.class, "x");
        assertNamed(ABC.class, "abc");
        assertNamed(aB.class, "a-b");
        assertNamed(lock.class, "lock");
    }

    @SessionType("checkout")
    static class Annotated extends Base {}

    static class Subclass extends Annotated {}

    @SessionType("0-a--")
    static class Digit extends Base {}

    @SessionType("a234567890123456789012345678901234567890123456789012345678901234")
    static class SixtyFour extends Base {}

    @Test
    void shouldBeTheAnnotationsWhichIsNotInherited() {
        assertNamed(Annotated.class, "checkout");
        assertNamed(Subclass.class, "subclass");
        assertNamed(Digit.class, "0-a--");
        assertNamed(SixtyFour.class, "a234567890123456789012345678901234567890123456789012345678901234");
    }

    @SessionType("")
    static class EmptyName extends Base {}

    @SessionType("-a")
    static class LeadingHyphen extends Base {}

    @SessionType("Checkout")
    static class UpperCase extends Base {}

    @SessionType("a_b")
    static class Underscore extends Base {}

    @SessionType("a\n")
    static class LineBreak extends Base {}

    @SessionType("a2345678901234567890123456789012345678901234567890123456789012345")
    static class SixtyFive extends Base {}

    @Test
    void shouldRefuseAnAnnotationThatIsNoTypeName() {
        for (Class<? extends Session> type : List.of(
                EmptyName.class,
                LeadingHyphen.class,
                UpperCase.class,
                Underscore.class,
                LineBreak.class,
                SixtyFive.class)) {
            String given = type.getDeclaredAnnotation(SessionType.class).value();
            assertThatIllegalStateException()
                    .as(given)
                    .isThrownBy(() -> SessionInternals.requireTypeName(type))
                    .withMessageContaining("@SessionType(\"" + given + "\")")
                    .withMessageContaining(type.getName());
        }
    }

    static class With_Underscore extends Base {}

    static class With$Dollar extends Base {}

    static class ANameThatIsLongerThanTheSixtyFourCharactersWhichATypeNameMayHave extends Base {}

    @Test
    void shouldAskForAnAnnotationWhereTheClassesNameGivesNone() {
        char kelvinSign = '\u212A'; // its lower case is the plain k
        for (Class<? extends Session> type : List.of(
                named("Grüße"),
                named(kelvinSign + "ey"),
                With_Underscore.class,
                With$Dollar.class,
                ANameThatIsLongerThanTheSixtyFourCharactersWhichATypeNameMayHave.class,
                new Base() {}.getClass())) {
            assertThatIllegalStateException()
                    .as(type.getName())
                    .isThrownBy(() -> SessionInternals.requireTypeName(type))
                    .withMessageContaining(type.getName())
                    .withMessageContaining("@SessionType");
        }
    }

    /** Not every file system takes such a name for a class file. */
    private static Class<? extends Session> named(String name) {
        return new ByteBuddy()
                .subclass(Base.class)
                .name(SessionTypeNameTest.class.getPackageName() + "." + name)
                .make()
                .load(SessionTypeNameTest.class.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
                .getLoaded();
    }

    private static void assertNamed(Class<? extends Session> type, String name) {
        assertThat(SessionInternals.requireTypeName(type)).isEqualTo(name);
    }
}
