using Holdfast.Core;

namespace Holdfast.Listening;

/// <summary>What the monitors' forms refuse besides the query itself.</summary>
internal static class MonitorRefusals
{
    public static readonly Refusal Name = new("monitor.name", $"Give it a name of at most {MonitorDesk.MaxName} characters.", "name");
    public static readonly Refusal NameTaken = new("monitor.name-taken", "This brand has a monitor of that name.", "name");
    public static readonly Refusal NoBrand = new("monitor.brand", "Choose the brand it listens for.", "brand");
    public static readonly Refusal Gone = new("monitor.gone", "This monitor was retired.");
}
