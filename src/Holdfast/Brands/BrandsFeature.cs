namespace Holdfast.Brands;

internal static class BrandsFeature
{
    public static void AddBrands(this IServiceCollection services) => services.AddSingleton<BrandDesk>();

    public static void MapBrands(this IEndpointRouteBuilder routes) => BrandApi.Map(routes);
}
