using System.CommandLine;
using Holdfast.Bench.Quality;
using Holdfast.Bench.Quality.Forecasts;
using Holdfast.Bench.Quality.Spikes;
using Holdfast.Bench.Speed;

var root = new RootCommand("Measures Holdfast: quality against labelled data, and speed.")
{
    ReadingCommand.Create(),
    IntakeBench.Create(),
    TrainCommand.Create(),
    AlertBench.Create(),
    FreezeBench.Create(),
    BacktestBench.Create(),
    TopicsCommand.Create(),
    SpikeCommand.Create(),
    MonitorsBench.Create(),
    ForecastCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
