package io.sessiontracker.spring;

import java.util.Objects;
import java.util.Set;

import io.sessiontracker.Session;
import io.sessiontracker.SessionTracker;
import io.sessiontracker.WithSession;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Puts a proxy around beans that have methods with {@link WithSession}, once these are found to be right. The session is there
 * before, and stored after, whatever else is around the method, such as a transaction; an {@code @Async} aside, which is outermost.
 */
public final class WithSessionPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private @Nullable SessionMethods methods;

    /**
     * To be made before any bean that it is for; asks for the tracker when a method is called.
     *
     * @param proxyTargetClass whether proxies are subclasses also of what has interfaces
     */
    public WithSessionPostProcessor(boolean proxyTargetClass) {
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        // Those of @Async come later, and so get outside of this.
        setOrder(Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Override
    public void setBeanFactory(BeanFactory beans) {
        super.setBeanFactory(beans);
        KeyExpressions keys = new KeyExpressions(beans);
        SessionMethods ofBeans = new SessionMethods(keys);
        methods = ofBeans;
        SingletonSupplier<SessionTracker> tracker = SingletonSupplier.of(() -> beans.getBean(SessionTracker.class));
        this.advisor = new DefaultPointcutAdvisor(
                new AnnotationMatchingPointcut(null, WithSession.class, true),
                new WithSessionInterceptor(tracker::obtain, ofBeans, keys));
    }

    @Override
    protected boolean isEligible(Object bean, String beanName) {
        Class<?> targetClass = AopUtils.getTargetClass(bean);
        if (!AnnotationUtils.isCandidateClass(targetClass, WithSession.class) || !super.isEligible(bean, beanName)) {
            return false;
        }
        Objects.requireNonNull(methods).verify(targetClass);
        return true;
    }

    /** Returns the session classes that the methods of the beans made so far name. */
    public Set<Class<? extends Session>> sessionTypes() {
        return methods == null ? Set.of() : methods.types();
    }

    /** Returns the session classes that the methods of a bean's class name, whether or not there is a bean yet. */
    public static Set<Class<? extends Session>> sessionTypesOf(Class<?> beanClass) {
        return AnnotationUtils.isCandidateClass(beanClass, WithSession.class)
                ? SessionMethods.typesOf(beanClass)
                : Set.of();
    }
}
