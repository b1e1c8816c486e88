using Holdfast.Core.Brands;

namespace Holdfast.Core.Reading;

/// <summary>
/// Whether a post means the brand. Says no only where it is plain: the name is an everyday word, stands nowhere as a handle, a tag or with a
/// capital, and either follows an article or the author uses capitals elsewhere. It knows the words below and no meanings: a different
/// company, person or place of the same name is not told apart, nor is an everyday word it has not in its list.
/// </summary>
internal static class Aboutness
{
    private static readonly WordSet Everyday = new("""
        always amazon apple arrow axe badge bath bees bird bolt boost boots bounce bounty box boxer brave breeze bridge bubble buffer bumble camel caravan cascade case cash century champion chance charge chase check cheer chime
        circle citizen clear cloud coach comet comfort compass confluence corona corner craft crest cricket crown current dash dawn deer delta dial diamond diesel discord discover dish dove dream drift eagle early earnest echo
        eclipse edge element emerald ember energy enterprise equinox essence everest evernote express falcon fiesta finish flex focus forest forever fossil fox freedom fresh frontier galaxy gap general genesis giant glad glide go
        gold good grab grammar green guess happy harmony harvest hilltop home honey horizon hotels hunt indeed independent insight instant intel jaguar joy jump kind legend liberty life light line lion liquid live looker loom
        lotus love lush lyft magic mango maple marathon mark match medium mercury meteor meter milka mint monday monster moon mountain mustang nest next noble north notion nova oak oasis ocean octopus off office old olive one
        opera optimum oracle orange orbit origin outlook oxygen pack palm panda paper patron peach peak pearl pepper phoenix pilot pine pink pioneer planet play pledge plus polar polo prime puma pulse pure quest quick rainbow raven
        red reef regal relay ring ripple river robin rocket root round saga sage salt sand saturn scout season seat second secret shell shield shift signal silk silver simple sky slack slice smart snap sonic southwest spark spectrum
        spirit splash spring sprint square stage staples star start state steam step stone storm stream stripe strong subway summit sun sunrise surf swan swift tab tango target teams tempo thorn three tide tiger tim time total tower
        trade travelers trend triumph turkey twitch uber unilever union unique united unity universal vanguard vans vector velvet venture vine virgin visa vision vital wave wendy west whisper wing wise wish wonder word zone zoom
        biedronka zabka lidl kropka mewa slonce orzel bocian lew gwiazda kruk sokol zubr lech tyskie zywiec wawel wedel malpka kubus frugo hortex orlen lotos tauron energa enea sfera kometa fala tecza krakus morliny wisla
        """);

    private static readonly WordSet Articles = new("a an the this that these those any every some my your his her our their ten ta to te ci tych tej tego moja moj twoja jego jej nasza");

    public static bool Of(in PostText text, Brand brand)
    {
        Span<char> name = stackalloc char[32];
        if (brand.Name.Length is 0 or > 32 || !Everyday.Has(Fold(brand.Name, name)))
        {
            return true;
        }

        var (lower, article, capitals) = (0, false, false);
        for (var i = 0; i < text.Tokens.Length; i++)
        {
            ref readonly var token = ref text.Tokens[i];
            if (token.Kind == TokenKind.Brand)
            {
                if (text.Source[token.Start] == '@' || char.IsUpper(text.Source[token.Start]) || (token.Start > 0 && text.Source[token.Start - 1] == '#'))
                {
                    return true;
                }

                lower++;
                article |= i > 0 && text.Tokens[i - 1].Kind == TokenKind.Word && Articles.Has(text.FoldedOf(text.Tokens[i - 1]));
            }

            capitals |= token.Kind == TokenKind.Word && (token.Traits & TokenTraits.Capital) != 0 && token.Length > 1;
        }

        return lower == 0 || !(article || capitals);
    }

    private static ReadOnlySpan<char> Fold(string name, Span<char> folded)
    {
        for (var i = 0; i < name.Length; i++)
        {
            folded[i] = Folding.Of(name[i]);
        }

        return folded[..name.Length];
    }
}
